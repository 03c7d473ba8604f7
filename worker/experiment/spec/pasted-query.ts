/**
 * Repairs queries that a keyboard, a chat or a mailing has altered: tracking parameters, HTML escapes, typographic
 * characters and trailing punctuation. Pages and the API read every query through {@link repairedPairs}, so that a link
 * works the way people paste it. Only changes with exactly one possible meaning are undone.
 */
import type { Query } from './query.ts'

/** Tracking parameters that other services add to links. They say nothing about an experiment. */
export const trackingParameter =
  /^(?:utm_\w*|mc_[ce]id|_ga|_gl|_hs\w+|__cf_\w+|(?:fb|g|d|ms|tw|tt|y)cl(?:k?id|src)|[gw]braid|srsltid|li_fat_id|igshid|igsh|si|ref|ref_src|ref_url|mkt_tok|vero_id|oly_(?:anon|enc)_id|spm|cmpid|s_cid)$/i

/** A repaired key-value pair, with the value as it was received. */
interface Pasted {
  key: string
  value: string
  came: string
}

/**
 * The repaired pairs of a query: without tracking parameters, without `amp;` before keys (left by escaping a link as
 * HTML twice), in plain ASCII characters, and without the punctuation that followed the link in a sentence.
 */
export function repairedPairs(query: Query): Pasted[] {
  const pairs = Array.from(query, ([key, came]) => ({ key: key.replace(/^(?:amp;)+/, ''), came }))
  return pairs
    .map(({ key, came }, index) => ({ key, came, value: plainValue(came, index === pairs.length - 1) }))
    .filter(({ key }) => !trackingParameter.test(key))
}

/** A query with all repairs applied. */
export function repairedQuery(query: Query): [key: string, value: string][] {
  return repairedPairs(query).map(({ key, value }) => [key, value])
}

/**
 * Punctuation that may follow a link: the end of a sentence, a bracket or a quotation. Two periods in a row mean that
 * something was cut off, so they stay.
 */
const closing = /(?:\s*(?:[,;:!?)\]}>»›"'“”‘’」』】*_`]|(?<!\.)\.(?!\.)))+$/u
const opening = /^["'“”„‘’‚«‹`]+/u

/** One value in plain characters, without surrounding quotation marks. */
function plainValue(value: string, isLast: boolean): string {
  const plain = plainCharacters(value)
  const isQuoted = opening.test(plain)
  if (!isLast && !isQuoted) return plain
  const bare = plain.replace(closing, '').replace(opening, '')
  // If nothing else is left, the error message should show the value as received.
  return bare === '' ? value : bare
}

/** Characters besides digits and dashes for which keyboards have other forms. */
const others: Readonly<Record<string, string>> = {
  '。': '.',
  '｡': '.',
  '、': ',',
  '､': ',',
  // Arabic decimal and thousands separators.
  '٫': '.',
  '٬': '\u00A0',
  '∶': ':',
}

/**
 * Replaces the digits, decimal points, commas and dashes of other keyboards by ASCII: `８`, `０．１`, `٣`, `1e−3`, `50–20`.
 * Letters and spaces stay, except for full-width letters.
 */
export function plainCharacters(text: string): string {
  if (/^[ -~]*$/.test(text)) return text
  return text
    .replaceAll(/[\u{FF01}-\u{FF5E}]/gu, (wide) => String.fromCodePoint(wide.codePointAt(0)! - 0xfee0))
    .replaceAll(/\p{Nd}/gu, (digit) => String(valueOf(digit)))
    .replaceAll(/[\p{Pd}\u2212\u2043ー]/gu, '-')
    .replaceAll(/[。｡、､٫٬∶]/gu, (character) => others[character]!)
}

/** The value of a decimal digit in any script: Unicode has the ten digits of each script in a row, from zero. */
function valueOf(digit: string): number {
  const code = digit.codePointAt(0)!
  let first = code
  while (/^\p{Nd}$/u.test(String.fromCodePoint(first - 1))) first--
  return (code - first) % 10
}

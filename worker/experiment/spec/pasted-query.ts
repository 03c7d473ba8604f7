/**
 * What a query was before a keyboard, a chat or a mailing changed it. Pages and the API read every query through
 * {@link pastedPairs}, so that a link works as people paste it. Nothing here guesses: each change has one meaning.
 */
import type { Query } from './query.ts'

/** Keys that others add to links, to count who follows them. They say nothing about an experiment. */
export const decoration =
  /^(?:utm_\w*|mc_[ce]id|_ga|_gl|_hs\w+|__cf_\w+|(?:fb|g|d|ms|tw|tt|y)cl(?:k?id|src)|[gw]braid|srsltid|li_fat_id|igshid|igsh|si|ref|ref_src|ref_url|mkt_tok|vero_id|oly_(?:anon|enc)_id|spm|cmpid|s_cid)$/i

/** A pair of a query as it was meant, and its value as it came. */
interface Pasted {
  key: string
  value: string
  came: string
}

/**
 * The pairs of a query as they were meant: without decorations, with `amp;` cut off their keys (a link that was escaped as
 * HTML once too often), in plain characters, and without the punctuation that followed the link in a sentence.
 */
export function pastedPairs(query: Query): Pasted[] {
  const pairs = Array.from(query, ([key, came]) => ({ key: key.replace(/^(?:amp;)+/, ''), came }))
  return pairs
    .map(({ key, came }, index) => ({ key, came, value: plainValue(came, index === pairs.length - 1) }))
    .filter(({ key }) => !decoration.test(key))
}

/** A query as it was meant. */
export function asPasted(query: Query): [key: string, value: string][] {
  return pastedPairs(query).map(({ key, value }) => [key, value])
}

/** What may close a sentence, a bracket or a quotation after a link. Two points in a row say that something is cut off. */
const closing = /(?:\s*(?:[,;:!?)\]}>»›"'“”‘’」』】*_`]|(?<!\.)\.(?!\.)))+$/u
const opening = /^["'“”„‘’‚«‹`]+/u

/** One value in plain characters, out of its quotation marks. */
function plainValue(value: string, isLast: boolean): string {
  const plain = plainCharacters(value)
  const isQuoted = opening.test(plain)
  if (!isLast && !isQuoted) return plain
  const bare = plain.replace(closing, '').replace(opening, '')
  // Where nothing else is left, it is better named than taken away.
  return bare === '' ? value : bare
}

/** Characters beside digits and dashes for which keyboards have other forms. */
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
 * A text with the digits, points, commas and dashes of other keyboards as ASCII has them: `８`, `０．１`, `٣`, `1e−3`,
 * `50–20`. Letters and blanks stay, except for full-width letters.
 */
export function plainCharacters(text: string): string {
  if (/^[ -~]*$/.test(text)) return text
  return text
    .replaceAll(/[\u{FF01}-\u{FF5E}]/gu, (wide) => String.fromCodePoint(wide.codePointAt(0)! - 0xfee0))
    .replaceAll(/\p{Nd}/gu, (digit) => String(valueOf(digit)))
    .replaceAll(/[\p{Pd}\u2212\u2043ー]/gu, '-')
    .replaceAll(/[。｡、､٫٬∶]/gu, (character) => others[character]!)
}

/** What a decimal digit of any script stands for: Unicode has the ten of each script in a row, from zero. */
function valueOf(digit: string): number {
  const code = digit.codePointAt(0)!
  let first = code
  while (/^\p{Nd}$/u.test(String.fromCodePoint(first - 1))) first--
  return (code - first) % 10
}

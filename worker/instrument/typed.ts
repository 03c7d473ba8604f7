/**
 * What people type where it has one meaning, as the query of the API spells it: blanks around, `.01`, `0,5`, `1 000`,
 * `FULL`, `50, 20`. For forms alone: a program that spells a number in a new way may have made a mistake.
 */
import { controlOf } from '#experiment/controls.ts'
import type { Allowed } from '#experiment/fields.ts'
import { specFields, type SpecField } from '#experiment/spec.ts'

import { isViewKey } from './address.ts'
import { touched } from './form.ts'

/** A setting that was read in another spelling than it came in. */
export interface Reading {
  field: SpecField
  came: string
  as: string
}

/** A key of the query that is no setting, but looks like one. */
export interface Stranger {
  key: string
  value: string
  /** The setting that may have been meant. */
  meant: SpecField
}

/** A query as it was meant, and what was made of it. */
export interface Typed {
  query: URLSearchParams
  readings: Reading[]
  strangers: Stranger[]
}

/** Reads the query of a form, without what nobody touched there, or an address that someone typed. */
export function readTyped(query: URLSearchParams): Typed {
  const typed: Typed = { query: new URLSearchParams(), readings: [], strangers: [] }
  for (const [key, text] of touched(query)) {
    const as = isField(key) ? readText(controlOf(key).allowed, text) : text
    typed.query.append(key, as)
    if (isField(key) && as !== text.trim()) typed.readings.push({ field: key, came: text.trim(), as })
    const meant = isField(key) || isViewKey(key) ? undefined : likeliest(key)
    if (meant) typed.strangers.push({ key, value: text, meant })
  }
  return typed
}

const isField = (key: string): key is SpecField => Object.hasOwn(specFields, key)

/** A text as the field that allows such values reads it; unchanged where it is not clear what is meant. */
export function readText(allowed: Allowed, text: string): string {
  const trimmed = text.trim()
  return readers[allowed.kind](trimmed, allowed as never)
}

/** How each kind of field is read. */
const readers: { [Kind in Allowed['kind']]: (text: string, allowed: Extract<Allowed, { kind: Kind }>) => string } = {
  whole: readWhole,
  real: readReal,
  wholeOr: (text, { word }) => (text.toLowerCase() === word ? word : readWhole(text)),
  choice: (text, { words }) => words.find((word) => word.toLowerCase() === text.toLowerCase()) ?? text,
  flag: (text) => text.toLowerCase(),
  // `50: 32, 100: 256`
  schedule: (text) =>
    text
      .toLowerCase()
      .replaceAll(/\s*:\s*/g, ':')
      .replaceAll(/\s*[,;]\s*|\s+/g, '-'),
  layers: (text) => readLayers(text.toLowerCase()),
}

/** `1 000`; a comma stays, as it may part thousands or decimals. */
function readWhole(text: string): string {
  return /^\d{1,3}(?:\s\d{3})+$/u.test(text) ? text.replaceAll(/\s/gu, '') : text
}

/** `.01`, `0,5`, `5.`, as `0.01`, `0.5`, `5`. */
function readReal(text: string): string {
  const [, whole = '', fraction = '', rest = ''] = /^(\d*)[.,](\d*)(e[+-]?\d+)?$/i.exec(text) ?? []
  if (whole === '' && fraction === '') return text
  return `${whole || '0'}${fraction && `.${fraction}`}${rest}`
}

/** `50, 20`, `50 20`, `50 - 20`, `50x20`, as `50-20`. */
function readLayers(text: string): string {
  return /^\d+(?:\s*[-,x×\s]\s*\d+)*$/u.test(text) ? text.split(/[-,x×\s]+/u).join('-') : text
}

/** The field that a key is a misspelling of: as alike as one slip of the hand, or two in a long name. */
function likeliest(key: string): SpecField | undefined {
  if (key.length > 20) return undefined
  const plain = (name: string) => name.toLowerCase().replaceAll(/[^a-z]/g, '')
  const candidates = (Object.keys(specFields) as SpecField[])
    .map((field) => ({ field, slips: slipsBetween(plain(key), plain(field)) }))
    .filter(({ field, slips }) => slips <= (field.length > 6 ? 2 : 1))
    .sort((a, b) => a.slips - b.slips)
  return candidates[0]?.field
}

/** Letters to add, drop, change or swap with the next to make one word of another (Damerau 1964, restricted). */
function slipsBetween(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, column) => column)]
  for (let row = 1; row <= a.length; row++) {
    const line = [row]
    for (let column = 1; column <= b.length; column++) {
      const isSame = a[row - 1] === b[column - 1]
      const isSwapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      line.push(
        Math.min(
          rows[row - 1]![column]! + 1,
          line[column - 1]! + 1,
          rows[row - 1]![column - 1]! + Number(!isSame),
          isSwapped ? rows[row - 2]![column - 2]! + 1 : Infinity,
        ),
      )
    }
    rows.push(line)
  }
  return rows[a.length]![b.length]!
}

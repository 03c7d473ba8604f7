/**
 * Lenient parsing of values that people type, if they have only one meaning: surrounding spaces, `.01`, `0,5`, `1 000`,
 * `FULL`, `50, 20`. Only pages accept these, since a program with an unusual number format may have made a mistake.
 * Changes that links suffer when they are shared are undone for pages and the API alike
 * (`worker/experiment/spec/pasted-query.ts`).
 */
import { controlOf } from '#experiment/spec/controls.ts'
import type { Allowed } from '#experiment/spec/fields.ts'
import { likelyField } from '#experiment/spec/likely-field.ts'
import { repairedPairs, plainCharacters } from '#experiment/spec/pasted-query.ts'
import { readQuery } from '#experiment/spec/query.ts'
import { pageFields, specFields, type SpecField } from '#experiment/spec/spec.ts'

import { isViewKey } from './address.ts'
import { withoutUntouched } from './submitted-form.ts'

/** A setting whose value was normalized. */
export interface Normalized {
  field: SpecField
  came: string
  as: string
}

/** A query key that is neither a setting nor a view key. */
export interface UnknownKey {
  key: string
  value: string
  /** The setting that was probably meant, if one is similar. */
  meant?: SpecField
}

/** A normalized query, and what was changed or unknown in it. */
export interface Typed {
  query: URLSearchParams
  normalized: Normalized[]
  unknownKeys: UnknownKey[]
}

/** The most unknown keys that are reported, and the most characters of each and of its value. */
const mostUnknownKeys = 5
const longest = 40

/**
 * Normalizes the query of a submitted form, without untouched fields, or of an address that someone typed or pasted.
 */
export function readTyped(query: URLSearchParams): Typed {
  const typed: Typed = { query: new URLSearchParams(), normalized: [], unknownKeys: [] }
  for (const { key, value, came } of repairedPairs(withoutUntouched(query))) {
    const as = isField(key) ? meantBy(key, value, came) : value
    typed.query.append(key, as)
    if (isField(key) && as !== came.trim()) typed.normalized.push({ field: key, came: came.trim(), as })
    if (!Object.hasOwn(pageFields, key) && !isViewKey(key) && key !== '')
      typed.unknownKeys.push(...unknownKeysOf(key, value))
  }
  typed.unknownKeys.splice(mostUnknownKeys)
  return typed
}

/** The normalized value without what a link picked up on its way; if that is invalid, the value as received. */
function meantBy(field: SpecField, value: string, came: string): string {
  const { allowed } = controlOf(field)
  const meant = readText(allowed, value)
  return meant === came || isValue(field, meant) ? meant : readText(allowed, came)
}

function isValue(field: SpecField, text: string): boolean {
  try {
    readQuery({ [field]: specFields[field] }, [[field, text]], 'refuse')
    return true
  } catch {
    return false
  }
}

/** The unknown key, or each key of a query that was escaped twice (`batchSize%3D4`). */
function unknownKeysOf(key: string, value: string): UnknownKey[] {
  const inner = value === '' && key.includes('=') ? Array.from(new URLSearchParams(key)) : [[key, value] as const]
  return inner.map(([name, text]) => {
    const meant = isField(name) ? name : likelyField(name, fields)
    return { key: shortened(name), value: shortened(text), ...(meant ? { meant } : {}) }
  })
}

const shortened = (text: string) => (text.length > longest ? `${text.slice(0, longest)}…` : text)

const fields = Object.keys(specFields) as SpecField[]
const isField = (key: string): key is SpecField => Object.hasOwn(specFields, key)

/** Normalizes a text for a field with these allowed values; unchanged if its meaning is ambiguous. */
export function readText(allowed: Allowed, text: string): string {
  const trimmed = plainCharacters(text).trim()
  return readers[allowed.kind](trimmed, allowed as never)
}

/** The normalization of each kind of field. */
const readers: { [Kind in Allowed['kind']]: (text: string, allowed: Extract<Allowed, { kind: Kind }>) => string } = {
  whole: readWhole,
  real: readReal,
  wholeOr: (text, { word }) => (text.toLowerCase() === word ? word : readWhole(text)),
  choice: (text, { words }) => words.find((word) => word.toLowerCase() === text.toLowerCase()) ?? text,
  flag: (text) => text.toLowerCase(),
  // `50: 32, 100: 256`, `50to32-100to256`
  schedule: (text) =>
    text
      .toLowerCase()
      .replaceAll(/\s*:\s*|(?<=\d)\s*to\s*(?=\d|full)/g, ':')
      .replaceAll(/\s*[,;]\s*|\s+/g, '-'),
  layers: (text) => readLayers(text.toLowerCase()),
  // `x, y, x2`, `X Y`
  list: (text) =>
    text
      .toLowerCase()
      .split(/[-,;+\s]+/u)
      .join('-'),
}

/** `1 000` to `1000`. A comma stays, as it may separate thousands or decimals. */
function readWhole(text: string): string {
  return /^\d{1,3}(?:\s\d{3})+$/u.test(text) ? text.replaceAll(/\s/gu, '') : text
}

/** `.01`, `0,5` and `5.` to `0.01`, `0.5` and `5`. */
function readReal(text: string): string {
  const [, whole = '', fraction = '', rest = ''] = /^(\d*)[.,](\d*)(e[+-]?\d+)?$/i.exec(text) ?? []
  if (whole === '' && fraction === '') return text
  return `${whole || '0'}${fraction && `.${fraction}`}${rest}`
}

/** `50, 20`, `50 20`, `50 - 20` and `50x20` to `50-20`. */
function readLayers(text: string): string {
  return /^\d+(?:\s*[-,x×\s]\s*\d+)*$/u.test(text) ? text.split(/[-,x×\s]+/u).join('-') : text
}

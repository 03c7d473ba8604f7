/**
 * What people type where it has one meaning, as the query of the API spells it: blanks around, `.01`, `0,5`, `1 000`,
 * `FULL`, `50, 20`. For pages alone: a program that spells a number in a new way may have made a mistake. What happens to
 * links on their way is undone for pages and API alike (`worker/experiment/spec/pasted-query.ts`).
 */
import { controlOf } from '#experiment/spec/controls.ts'
import type { Allowed } from '#experiment/spec/fields.ts'
import { likelyField } from '#experiment/spec/likely-field.ts'
import { pastedPairs, plainCharacters } from '#experiment/spec/pasted-query.ts'
import { readQuery } from '#experiment/spec/query.ts'
import { specFields, type SpecField } from '#experiment/spec/spec.ts'

import { isViewKey } from './address.ts'
import { touched } from './submitted-form.ts'

/** A setting that was read in another spelling than it came in. */
export interface Normalized {
  field: SpecField
  came: string
  as: string
}

/** A key of the query that is neither a setting nor a way to show one. */
export interface UnknownKey {
  key: string
  value: string
  /** The setting that may have been meant, where one is near. */
  meant?: SpecField
}

/** A query as it was meant, and what was made of it. */
export interface Typed {
  query: URLSearchParams
  normalized: Normalized[]
  unknownKeys: UnknownKey[]
}

/** The most unknown keys that are named, and the most characters of each and of its value. */
const mostStrangers = 5
const longest = 40

/** Reads the query of a form, without what nobody touched there, or an address that someone typed or pasted. */
export function readTyped(query: URLSearchParams): Typed {
  const typed: Typed = { query: new URLSearchParams(), normalized: [], unknownKeys: [] }
  for (const { key, value, came } of pastedPairs(touched(query))) {
    const as = isField(key) ? meantBy(key, value, came) : value
    typed.query.append(key, as)
    if (isField(key) && as !== came.trim()) typed.normalized.push({ field: key, came: came.trim(), as })
    if (!isField(key) && !isViewKey(key) && key !== '') typed.unknownKeys.push(...strangersOf(key, value))
  }
  typed.unknownKeys.splice(mostStrangers)
  return typed
}

/** What a value means without what a link gathered on its way; as it came where that is no value either. */
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

/** An unknown key; or, where a whole query was escaped once too often (`batchSize%3D4`), each key that is in it. */
function strangersOf(key: string, value: string): UnknownKey[] {
  const inner = value === '' && key.includes('=') ? Array.from(new URLSearchParams(key)) : [[key, value] as const]
  return inner.map(([name, text]) => {
    const meant = isField(name) ? name : likelyField(name, fields)
    return { key: shortened(name), value: shortened(text), ...(meant ? { meant } : {}) }
  })
}

const shortened = (text: string) => (text.length > longest ? `${text.slice(0, longest)}…` : text)

const fields = Object.keys(specFields) as SpecField[]
const isField = (key: string): key is SpecField => Object.hasOwn(specFields, key)

/** A text as the field that allows such values reads it; unchanged where it is not clear what is meant. */
export function readText(allowed: Allowed, text: string): string {
  const trimmed = plainCharacters(text).trim()
  return readers[allowed.kind](trimmed, allowed as never)
}

/** How each kind of field is read. */
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

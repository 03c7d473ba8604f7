/**
 * Parses the key-value pairs of a query by a table of fields, and serializes values back. The table alone gives the
 * fields a meaning.
 */
import * as z from 'zod/mini'

import { fieldError, InvalidQuery, type FieldError } from './errors.ts'
import { about } from './fields.ts'
import { likelyField } from './likely-field.ts'
import { plainSpelling } from './spelling.ts'

/** The fields that a query may contain: each a codec between the text in the URL and a value. */
export type Table = Readonly<Record<string, z.ZodMiniType<unknown, string>>>
/** The decoded values of the fields that a query contained. */
export type Given<T extends Table> = { [Field in keyof T]?: z.output<T[Field]> }

/** Key-value pairs in the order of the URL, including repeated keys. A `URLSearchParams` is one. */
export type Query = Iterable<readonly [string, string]>

/**
 * The decoded values of a query's fields. Fields that the query omits are absent.
 *
 * @param unknown what to do with keys that the table does not have: the API refuses them, pages ignore them
 * @throws InvalidQuery with every field that is unknown, repeated or malformed (400) or out of range (422)
 */
export function readQuery<T extends Table>(table: T, query: Query, unknown: 'refuse' | 'ignore'): Given<T> {
  const malformed: FieldError[] = []
  const outOfRange: FieldError[] = []
  const given: Record<string, unknown> = {}
  const seen = new Set<string>()
  let hasUnknown = false
  for (const [field, value] of query) {
    const codec = Object.hasOwn(table, field) ? table[field] : undefined
    if (!codec) {
      // Only the first unknown key lists all known ones.
      if (unknown === 'refuse') malformed.push(fieldError(field, value, expectedKeys(table, field, hasUnknown)))
      hasUnknown = true
      continue
    }
    if (seen.has(field)) {
      malformed.push(fieldError(field, value, 'to be given once'))
      continue
    }
    seen.add(field)
    // Choices and texts have no alternative spellings.
    const result = z.safeDecode(codec, codec instanceof z.ZodMiniCodec ? plainSpelling(value) : value)
    if (result.success) {
      given[field] = result.data
      continue
    }
    const isMalformed = result.error.issues.some(({ code }) => code === 'invalid_format')
    const { description = 'another value', reserved = {} } = about.get(codec) ?? {}
    const expected = (Object.hasOwn(reserved, value) ? reserved[value] : undefined) ?? description
    ;(isMalformed ? malformed : outOfRange).push(fieldError(field, value, expected))
  }
  if (malformed.length) throw new InvalidQuery(400, [...malformed, ...outOfRange])
  if (outOfRange.length) throw new InvalidQuery(422, outOfRange)
  return given as Given<T>
}

/**
 * What is expected in place of an unknown key: the known keys, which only the first error lists, and the likely one.
 */
function expectedKeys(table: Table, unknown: string, isListed: boolean): string {
  const names = Object.keys(table)
  const likely = likelyField(unknown, names)
  const keys = isListed ? 'the keys listed with the first unknown one' : names.join(', ')
  return `one of ${keys}${likely === undefined ? '' : ` (did you mean ${likely}?)`}`
}

/**
 * The text of a value in a query.
 *
 * @throws Error if the table has no such field
 */
export function writeValue<T extends Table>(table: T, field: keyof T & string, value: unknown): string {
  const codec = table[field]
  if (!codec) throw new Error(`no field ${field}`)
  return String(z.encode(codec, value))
}

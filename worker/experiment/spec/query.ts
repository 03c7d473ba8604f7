/**
 * Reads a query by a table of fields, and writes it back. Knows nothing of what the fields mean.
 */
import * as z from 'zod/mini'

import { fieldError, InvalidQuery, type FieldError } from './errors.ts'
import { about } from './fields.ts'
import { likelyField } from './likely-field.ts'
import { plainSpelling } from './spelling.ts'

/** A query's fields: each a codec between the text of the URL and a value. */
export type Table = Readonly<Record<string, z.ZodMiniType<unknown, string>>>
/** The values of a table's fields that a query gave. */
export type Given<T extends Table> = { [Field in keyof T]?: z.output<T[Field]> }

/** Name and value pairs in the order of the URL, repeated names included: a `URLSearchParams` is one. */
export type Query = Iterable<readonly [string, string]>

/**
 * The values that a query gives for a table's fields; fields that it leaves out are left out.
 *
 * @param unknown what to do with keys that the table does not have: an API refuses them, a page ignores them.
 * @throws InvalidQuery that names every field that is unknown, repeated, malformed or out of range.
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
      // The list of all keys once is enough.
      if (unknown === 'refuse') malformed.push(fieldError(field, value, expectedKeys(table, field, hasUnknown)))
      hasUnknown = true
      continue
    }
    if (seen.has(field)) {
      malformed.push(fieldError(field, value, 'to be given once'))
      continue
    }
    seen.add(field)
    // Words and texts of any kind are what they are.
    const result = z.safeDecode(codec, codec instanceof z.ZodMiniCodec ? plainSpelling(value) : value)
    if (result.success) {
      given[field] = result.data
      continue
    }
    const isMalformed = result.error.issues.some(({ code }) => code === 'invalid_format')
    ;(isMalformed ? malformed : outOfRange).push(
      fieldError(field, value, about.get(codec)?.description ?? 'another value'),
    )
  }
  if (malformed.length) throw new InvalidQuery(400, [...malformed, ...outOfRange])
  if (outOfRange.length) throw new InvalidQuery(422, outOfRange)
  return given as Given<T>
}

/** The keys that an unknown one could have been, with the likely one; the list itself is given once. */
function expectedKeys(table: Table, unknown: string, isListed: boolean): string {
  const names = Object.keys(table)
  const likely = likelyField(unknown, names)
  const keys = isListed ? 'the keys listed with the first unknown one' : names.join(', ')
  return `one of ${keys}${likely === undefined ? '' : ` (did you mean ${likely}?)`}`
}

/** A value as the text of a query. */
export function writeValue<T extends Table>(table: T, field: keyof T & string, value: unknown): string {
  const codec = table[field]
  if (!codec) throw new Error(`no field ${field}`)
  return String(z.encode(codec, value))
}

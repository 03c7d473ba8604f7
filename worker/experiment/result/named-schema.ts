/**
 * Objects that hold the same for each of some names, as schemas.
 */
import * as z from 'zod/mini'

/**
 * An object with one property for each name, all of one schema. (Of a record with these keys the API's document would
 * say that it has any, and clients made from it would know no name.)
 */
export function named<const Name extends string, Schema extends z.ZodMiniType>(
  names: readonly Name[],
  schema: Schema,
): z.ZodMiniObject<Record<Name, Schema>, z.core.$strict> {
  return z.strictObject(Object.fromEntries(names.map((name) => [name, schema])) as Record<Name, Schema>)
}

/** A schema helper for objects that hold the same kind of value under each of several names. */
import * as z from 'zod/mini'

/**
 * An object schema with one property per name, all of the same schema. A zod record with these keys would be described
 * in the API's document as having arbitrary keys, and generated clients would know none of the names.
 */
export function objectWithKeys<const Name extends string, Schema extends z.ZodMiniType>(
  names: readonly Name[],
  schema: Schema,
): z.ZodMiniObject<Record<Name, Schema>, z.core.$strict> {
  return z.strictObject(Object.fromEntries(names.map((name) => [name, schema])) as Record<Name, Schema>)
}

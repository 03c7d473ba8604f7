/** Adjusts the JSON Schema that zod generates to the conventions that OpenAPI tools understand. */
import type * as z from 'zod/mini'

type Override = NonNullable<z.core.ToJSONSchemaParams['override']>

/** The largest 32-bit integer: tools assume 32 bits for integers without a format. */
const largestInt32 = 2 ** 31 - 1

/** Adds the format of large integers and the item type of tuples. */
export const override: Override = ({ jsonSchema }) => {
  const { type, prefixItems, maximum } = jsonSchema
  if (type === 'integer') {
    // zod's default limit is not a limit of the value.
    if (maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
    else if (maximum !== undefined && maximum > largestInt32) jsonSchema.format = 'int64'
    if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
  }
  // Our tuples have items of one kind. Many tools only know arrays of these, and do not know their length unless it is
  // stated.
  if (prefixItems?.[0] !== undefined)
    Object.assign(jsonSchema, { items: prefixItems[0], minItems: prefixItems.length, maxItems: prefixItems.length })
}

/**
 * zod's JSON Schema in words that the programs which read OpenAPI understand.
 */
import type * as z from 'zod/mini'

type Override = NonNullable<z.core.ToJSONSchemaParams['override']>

/** The largest whole number of 32 bits: readers take those without a format for such. */
const largestInt32 = 2 ** 31 - 1

/** Says more of whole numbers and of tuples. */
export const override: Override = ({ jsonSchema }) => {
  const { type, prefixItems, maximum } = jsonSchema
  if (type === 'integer') {
    // zod's own limit says nothing of the value.
    if (maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
    else if (maximum !== undefined && maximum > largestInt32) jsonSchema.format = 'int64'
    if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
  }
  // Ours have one kind of item. Many readers know only arrays of these, and not how long they are without being told.
  if (prefixItems?.[0] !== undefined)
    Object.assign(jsonSchema, { items: prefixItems[0], minItems: prefixItems.length, maxItems: prefixItems.length })
}

/** The fields of an experiment's result with their descriptions, as the API guide lists them. */
import * as z from 'zod/mini'

import { ExperimentResult } from './result.ts'

/** A field: its path in the answer, with `[]` for each element of an array, and what it is. */
interface DescribedField {
  path: string
  description: string
}

/** A JSON Schema, as far as it is read here. */
interface JsonSchema {
  description?: string
  properties?: Record<string, JsonSchema>
  items?: JsonSchema
}

/**
 * Lists the fields that have a description, from the outermost. The settings in `spec` are left out, as the guide describes
 * them on their own.
 */
export function describedFields(): DescribedField[] {
  const schema = z.toJSONSchema(ExperimentResult, { unrepresentable: 'any' }) as JsonSchema
  return fieldsOf(schema, '')
}

function fieldsOf({ properties = {}, items }: JsonSchema, path: string): DescribedField[] {
  if (items) return fieldsOf(items, `${path}[]`)
  return Object.entries(properties).flatMap(([name, field]) => {
    const own = path ? `${path}.${name}` : name
    const described = field.description ? [{ path: own, description: field.description }] : []
    return own === 'spec' ? described : [...described, ...fieldsOf(field, own)]
  })
}

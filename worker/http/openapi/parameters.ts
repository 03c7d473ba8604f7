/** The query fields and request headers as parameters in the OpenAPI document. */
import * as z from 'zod/mini'

import { about, valueOf } from '#experiment/spec/fields.ts'
import type { Table } from '#experiment/spec/query.ts'
import { conditionalDefaults, defaultSpec, specFields } from '#experiment/spec/spec.ts'

import { override } from './json-schema.ts'
import { mapValues, ref, type Json } from './references.ts'
import type { Documentation } from './routes.ts'

const specDefaults: Json = defaultSpec()
const conditional: Readonly<Record<string, string>> = conditionalDefaults

/** The shared parameters: the fields of a spec, which many routes read, and the request headers. */
export const parameterComponents = {
  ...mapValues(specFields, (codec, field) => parameter(field, codec, specDefaults[field])),
  'If-None-Match': {
    name: 'If-None-Match',
    in: 'header',
    description: 'The ETag of the copy that the client has.',
    schema: { type: 'string' },
  },
  Range: {
    name: 'Range',
    in: 'header',
    description: 'One range of bytes of the file: `bytes=0-99`, `bytes=100-`, `bytes=-100`.',
    schema: { type: 'string' },
  },
  'If-Range': {
    name: 'If-Range',
    in: 'header',
    description: 'The ETag of the part that the client has: of another file, or by a weak ETag, all of it comes.',
    schema: { type: 'string' },
  },
  'Last-Event-ID': {
    name: 'Last-Event-ID',
    in: 'header',
    description: 'The id of the last event that the client had: sent by an EventSource that comes back.',
    schema: { type: 'string' },
  },
}

/** The parameters of a route. */
export function parametersOf(route: Documentation): unknown[] {
  const { query = {}, defaults = {}, examples = {}, requires = [], takesLists, isMomentary, isFile, events } = route
  const fields = Object.entries(query).map(([field, codec]) => {
    if (!isShared(query, field)) {
      const own = parameter(field, codec, defaults[field])
      const example = field in examples ? { example: examples[field] } : {}
      return { ...own, ...example, ...(requires.includes(field) ? { required: true } : {}) }
    }
    return takesLists ? listOf(parameter(field, codec, specDefaults[field])) : ref('parameters', field)
  })
  const headers = [
    ...(isMomentary ? [] : ['If-None-Match']),
    ...(isFile ? ['Range', 'If-Range'] : []),
    ...(events ? ['Last-Event-ID'] : []),
  ]
  return [...fields, ...headers.map((name) => ref('parameters', name))]
}

/** Whether a query field is that of a spec. */
const isShared = (query: Table, field: string) => (specFields as Table)[field] === query[field]

/** @param value the value if a query omits the field, or an example of it if the default depends on other fields */
function parameter(name: string, codec: Table[string], value: unknown): Json {
  const { title, description } = about.get(codec) ?? { title: name, description: '' }
  const text = z.toJSONSchema(codec, { io: 'input' })
  const schema = z.toJSONSchema(valueOf(codec), { override })
  const isDefault = value !== undefined && !(name in conditional)
  // A pattern describes a text better than its type.
  const pattern = schema.type === 'string' && text.pattern !== undefined ? { pattern: text.pattern } : {}
  return {
    name,
    in: 'query',
    description: `The ${title}: ${description}.${name in conditional ? ` By default ${conditional[name]}.` : ''}`,
    // Clients send the defaults that a schema states, so only those that never depend on other fields are stated.
    schema: { ...schema, $schema: undefined, ...pattern, ...(isDefault ? { default: value } : {}) },
    ...(value === undefined ? {} : { example: value }),
  }
}

/** A parameter that also accepts a list: with commas, or as a repeated key, as some programs send it. */
function listOf({ schema, example, ...rest }: Json): Json {
  const { default: value, ...items } = schema as Json
  return {
    ...rest,
    schema: { type: 'array', items, minItems: 1, ...(value === undefined ? {} : { default: [value] }) },
    explode: false,
    example: [example],
  }
}

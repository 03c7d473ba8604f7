/** An OpenAPI document as a contract: what it says of a route, and whether an answer keeps to it. */
import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'

import { readEvents } from './events.ts'

interface MediaType {
  schema: object
  'x-events'?: Record<string, object>
  example?: unknown
}
export interface Answer {
  headers: Record<string, { required: boolean }>
  content?: Record<string, MediaType>
}
interface Operation {
  responses: Record<string, Answer>
  'x-codeSamples'?: { source: string }[]
}
interface Route {
  parameters: { name: string; in: string; required?: boolean; example?: unknown }[]
  get: Operation
  head: Operation
}
/** A document without references. */
export interface Contract {
  paths: Record<string, Route>
  components: { responses: Record<string, Answer> }
}

/** Headers that belong to the transport, or that OpenAPI leaves out. */
const implied = /^(content-(type|length|encoding)|connection|date|keep-alive|transfer-encoding|vary)$/

/** Validates a document, and puts everything where it is referred to. */
export async function readContract(document: object): Promise<{ errors: unknown; contract: Contract }> {
  const validator = new Validator()
  const { valid, errors } = await validator.validate(structuredClone(document) as Record<string, unknown>)
  return { errors: valid ? [] : errors, contract: validator.resolveRefs() as unknown as Contract }
}

/** The formats that the document names. */
const formats = {
  int64: { type: 'number', validate: Number.isSafeInteger },
  uri: (text: string) => URL.canParse(text),
} as const
const ajv = new Ajv2020({ strictRequired: false, allowUnionTypes: true, allErrors: true, formats })

/** What is wrong with a value. */
function violationsOf(schema: object, value: unknown, name: string): string[] {
  const validate = ajv.compile(schema)
  return validate(value) ? [] : (validate.errors ?? []).map((error) => `${name}${ajv.errorsText([error])}`)
}

/** In what an answer differs from its description. Reads the answer. */
export async function deviations(described: Answer | undefined, response: Response): Promise<string[]> {
  if (!described) return [`status ${response.status} is not described`]
  const known = new Map(Object.entries(described.headers).map(([name, header]) => [name.toLowerCase(), header]))
  const names = [...response.headers.keys()].filter((name) => !implied.test(name))
  const headers = [
    ...names.filter((name) => !known.has(name)).map((name) => `header ${name} is not described`),
    ...[...known]
      .filter(([name, { required }]) => required && !response.headers.has(name))
      .map(([name]) => `header ${name} is missing`),
  ]
  return [...headers, ...(await bodyDeviations(described, response))]
}

async function bodyDeviations({ content }: Answer, response: Response): Promise<string[]> {
  if (!content) return (await response.text()) === '' ? [] : ['has a body']
  const type = response.headers.get('Content-Type') ?? ''
  const media = content[type]
  if (!media) return [`type ${type} is not described`]
  if (media['x-events']) {
    const wrong: string[] = []
    for await (const { event, data } of readEvents(response)) {
      const schema = media['x-events'][event]
      wrong.push(...(schema ? violationsOf(schema, data, event) : [`event ${event} is not described`]))
    }
    return wrong
  }
  const text = await response.text()
  return violationsOf(media.schema, type.endsWith('json') ? JSON.parse(text) : text, 'body')
}

/** What is wrong with the examples of bodies. */
export function exampleDeviations({ content = {} }: Answer): string[] {
  return Object.values(content).flatMap(({ schema, example }) =>
    example === undefined ? [] : violationsOf(schema, example, 'example'),
  )
}

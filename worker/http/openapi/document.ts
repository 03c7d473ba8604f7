/**
 * The route `/api/openapi.json`: the API as an OpenAPI 3.1 document, generated from the schemas that validate requests
 * and describe responses.
 */
import type { Handler } from 'hono'
import * as z from 'zod/mini'

import { version } from '../../../package.json'
import { respond } from '../cached-response.ts'
import type { WorkerApp } from '../environment.ts'
import { originOf } from '../origin.ts'
import { headerComponents, headersOf } from './headers.ts'
import { override } from './json-schema.ts'
import { parameterComponents, parametersOf } from './parameters.ts'
import { problemResponses, problemsOf } from './problems.ts'
import { mapValues, ref, type Json } from './references.ts'
import { documentation, kinds, schemas, type Documentation } from './routes.ts'

const description = `
Train a small network with one GET request, and get the same numbers as everyone who asks the same.

A query names the settings that differ from the defaults, each once. Numbers may have an exponent, as 1e-3 or 1E-3, and
flags may be spelled True or FALSE. What programs add to links, as utm_source, is ignored, and so is what happens to links
that people paste: amp; before a key, full-width digits, a point or a bracket at the end. Other keys that a route does not
know are refused. HEAD works everywhere, and the Worker never trains for it, but for a table whose length is asked for.
There is no key, and pages of every origin may read everything. Unknown paths are answered with 404, other methods with
405, both with a problem.
`.trim()

export const getOpenApi: Handler<WorkerApp> = (c) =>
  respond(c, {
    type: 'application/json',
    identity: 'openapi',
    namesOrigin: true,
    isKeptCompressed: true,
    make: () => JSON.stringify(openApi(originOf(c))),
  })

/** The document, whose examples use the given origin. */
function openApi(origin: string): Json {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Minibatch',
      version,
      summary: 'How the batch size controls the stability of training, as an API.',
      description,
      license: { name: 'MIT', identifier: 'MIT' },
      contact: { name: 'Minibatch', url: `${origin}/about` },
    },
    // Relative to wherever the document is served.
    servers: [{ url: '/' }],
    security: [],
    tags: Object.entries(kinds).map(([name, about]) => ({ name, description: about })),
    paths: Object.fromEntries(documentation.map((route) => [route.path, pathItem(route, origin)])),
    components: {
      schemas: schemaComponents(),
      parameters: parameterComponents,
      responses: problemResponses,
      headers: headerComponents,
    },
  }
}

function pathItem(route: Documentation, origin: string): Json {
  const { path, summary } = route
  const name = path.replaceAll(/\W+(\w)/g, (_, first: string) => first.toUpperCase())
  const unchanged = route.isMomentary
    ? {}
    : { 304: { description: 'The copy that `If-None-Match` names is still good.', headers: headersOf(route, false) } }
  const ended = route.events
    ? { 204: { description: 'The event that `Last-Event-ID` names was the last.', headers: headersOf(route, false) } }
    : {}
  const inParts = route.isFile
    ? {
        206: {
          description: 'The range that `Range` asks for, never compressed. Its ETag is strong.',
          headers: headersOf(route, true, ['Content-Range']),
          content: { [route.type]: content(route) },
        },
        416: ref('responses', 'Problem416'),
      }
    : {}
  const operation = (method: 'get' | 'head') => ({
    operationId: method + name,
    tags: [kindOf(route)],
    summary,
    description: method === 'get' ? route.description : aboutHead(route),
    ...(method === 'get' ? { 'x-codeSamples': [{ lang: 'Shell', source: curl(route, origin) }] } : {}),
    responses: {
      200: {
        description: `${summary}.`,
        headers: headersOf(route, method === 'get'),
        ...(method === 'get' ? { content: { [route.type]: content(route) } } : {}),
      },
      ...(method === 'get' ? inParts : {}),
      ...ended,
      ...unchanged,
      ...problemsOf(route),
    },
  })
  return { parameters: parametersOf(route), get: operation('get'), head: operation('head') }
}

/** The description of a route's HEAD method. */
function aboutHead({ isFile }: Documentation): string {
  if (!isFile) return 'The headers of GET. It never trains.'
  return (
    'The headers of GET. A client that takes no gzip is told the length, too, as readers need it that load a file in ' +
    'parts: for that alone it trains what no cache has.'
  )
}

/** The tag of a route: data, pictures or pages. */
function kindOf({ type }: Documentation): keyof typeof kinds {
  if (type.startsWith('image/')) return 'pictures'
  return type.startsWith('text/html') ? 'pages' : 'data'
}

/** The curl command of a route's example. */
function curl({ path, example, events, type }: Documentation, origin: string): string {
  const options = events ? ' -N' : type === 'image/png' ? ' -o card.png' : ''
  return `curl${options} '${origin}${path}${example === undefined ? '' : `?${example}`}'`
}

function content({ schema, events, type }: Documentation): Json {
  if (schema) return { schema: ref('schemas', schema) }
  if (events) {
    const data = mapValues(events, (name) => ref('schemas', name))
    // The content for readers of JSON Schema, and the data of each event for people.
    const contents = { contentMediaType: 'text/event-stream', contentSchema: { oneOf: Object.values(data) } }
    return { schema: { type: 'string', ...contents }, 'x-events': data }
  }
  // Binary data has no type in a schema.
  if (type === 'image/png') return { schema: { contentMediaType: type } }
  return { schema: { type: type === 'application/json' ? 'object' : 'string' } }
}

function schemaComponents(): Json {
  const named = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries(schemas)) named.add(schema, { id })
  const made = z.toJSONSchema(named, { uri: (id) => ref('schemas', id)['$ref'] as string, override })
  // Schemas are identified by their position in the document.
  return mapValues(made.schemas, (schema) => ({ ...schema, $id: undefined, $schema: undefined }))
}

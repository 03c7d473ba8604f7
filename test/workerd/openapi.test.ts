import { createExecutionContext } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import fc from 'fast-check'
import { expect, it } from 'vitest'

import { metrics } from '#experiment/result/numbers.ts'
import { trainingLimitsInWords } from '#experiment/spec/limits.ts'
import { readSpec } from '#experiment/spec/permalink.ts'
import { defaultSpec, specFields, type SpecField } from '#experiment/spec/spec.ts'
import { datasetNames } from '#methods/datasets.ts'

import { createApp } from '../../worker/http/app.ts'
import { documentation } from '../../worker/http/openapi/routes.ts'
import { anyFields } from '../support/arbitrary-spec.ts'

interface Document {
  servers: unknown
  security: unknown
  paths: Record<string, unknown>
  components: {
    responses: Record<string, unknown>
    parameters: Record<string, { in: string; schema: object; description: string }>
    schemas: Record<string, unknown>
  }
}

const document = async () =>
  (await exports.default.fetch(new Request('http://minibatch.test/api/openapi.json'))).json<Document>()

it('every route is documented, and nothing else', async () => {
  const routes = createApp().routes.filter(({ method }) => method === 'GET')
  const { paths } = await document()
  expect(new Set(Object.keys(paths))).toEqual(new Set(routes.map(({ path }) => path)))
})

it('whatever trains, and nothing else, is refused while trainings are off', async () => {
  const app = createApp()
  const off = { ...env, TRAININGS: 'off' }
  for (const { path, example = '', trains = false } of documentation) {
    const query = new URLSearchParams(example)
    if (trains) query.set('seed', '987654')
    const response = await app.request(`http://minibatch.test${path}?${query}`, {}, off, createExecutionContext())
    const { status, headers } = response
    expect([path, status, headers.get('Retry-After')]).toEqual([path, ...(trains ? [503, '600'] : [200, null])])
  }
})

it('tells how much is trained at once, and how long one waits before 503', async () => {
  const { components } = await document()
  expect(components.responses['Problem503']).toMatchObject({
    description: expect.stringContaining(trainingLimitsInWords),
  })
})

it('is for the server that it came from, wherever that is, and asks for no key', async () => {
  const { servers, security } = await document()
  expect([servers, security]).toEqual([[{ url: '/' }], []])
})

it('states a default only where it holds whatever else is asked, so a client may send all of them', async () => {
  const { parameters } = (await document()).components
  const defaults = Object.entries(parameters).flatMap(([name, { schema }]) =>
    'default' in schema && name !== 'dataset' ? [[name, String(schema.default)]] : [],
  )
  expect(defaults.length).toBeGreaterThan(10)
  for (const query of ['', 'dataset=moons', 'dataset=circles', 'examples=40', 'dataset=moons&classes=2']) {
    const sent = [...new URLSearchParams(query)]
    const names = new Set(sent.map(([name]) => name))
    const filled = [...sent, ...defaults.filter(([name]) => !names.has(name!))] as [string, string][]
    expect(readSpec(filled, {}, 'refuse')).toEqual(readSpec(sent, {}, 'refuse'))
  }
})

it('tells of every default that depends on other fields in words', async () => {
  const { parameters } = (await document()).components
  const varies = new Set<string>()
  fc.assert(
    fc.property(anyFields, (given) => {
      const [plain, other] = [defaultSpec(), defaultSpec(given)]
      for (const field of Object.keys(plain) as SpecField[]) if (plain[field] !== other[field]) varies.add(field)
    }),
    { numRuns: 500 },
  )
  const inWords = Object.keys(parameters).filter((name) => / By default .+\.$/.test(parameters[name]!.description))
  expect(new Set(inWords)).toEqual(varies)
  for (const name of inWords) expect(parameters[name]!.schema).not.toHaveProperty('default')
})

it('says of seeds that they need 64 bits, and of pairs how long they are', async () => {
  const { parameters, schemas } = (await document()).components
  const seed = { type: 'integer', format: 'int64', minimum: 0, maximum: 4294967295 }
  const pair = { type: 'array', items: { type: 'number' }, minItems: 2, maxItems: 2 }
  expect(parameters).toMatchObject({ seed: { schema: seed }, datasetSeed: { schema: seed } })
  expect(schemas).toMatchObject({
    ExperimentResult: {
      properties: {
        spec: { properties: { seed, datasetSeed: seed } },
        runs: { items: { properties: { seed } } },
      },
    },
    Progress: { properties: { seed } },
    Dataset: { properties: { points: { items: pair } } },
    Boundary: { properties: { extent: { properties: { x: pair } } } },
  })
  // No other whole number is so large, and none has a limit that it cannot reach.
  expect(JSON.stringify(schemas)).not.toContain(String(Number.MAX_SAFE_INTEGER))
})

it('every field of a spec is a parameter, with what it may hold, and a property of a result', async () => {
  const { parameters, schemas } = (await document()).components
  const fields = Object.fromEntries(Object.entries(parameters).filter(([, parameter]) => parameter.in === 'query'))
  expect(Object.keys(fields)).toEqual(Object.keys(specFields))
  expect(fields).toMatchObject({
    batchSize: { schema: { anyOf: [{ const: 'full' }, { type: 'integer', minimum: 1 }] }, example: 32 },
    hiddenUnits: { schema: { type: 'string', pattern: String.raw`^(?:none|\d+(?:[-x]\d+)*)$`, default: '50' } },
    learningRate: { schema: { type: 'number', minimum: 0.00001, maximum: 10 } },
    dataset: { schema: { enum: datasetNames } },
    shuffle: { schema: { type: 'boolean' } },
  })
  for (const { description } of Object.values(fields)) expect(description).toMatch(/^The .+: .+\.$/)
  expect(schemas).toMatchObject({
    ExperimentResult: { properties: { spec: { required: Object.keys(specFields) } } },
    Progress: { properties: { metrics: { anyOf: [{ required: [...metrics] }, { type: 'null' }] } } },
  })
})

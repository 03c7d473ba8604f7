import { createExecutionContext } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { expect, it } from 'vitest'

import { metrics } from '#experiment/numbers.ts'
import { specFields } from '#experiment/spec.ts'

import { createApp } from '../../worker/http/app.ts'
import { documentation } from '../../worker/http/openapi/routes.ts'

interface Document {
  paths: Record<string, unknown>
  components: {
    parameters: Record<string, { in: string; schema: unknown; description: string }>
    schemas: Record<string, unknown>
  }
}

const document = async () =>
  (await exports.default.fetch(new Request('http://minibatch.test/api/openapi.json'))).json<Document>()

it('every route is documented, and nothing else', async () => {
  const routes = createApp().routes.filter(({ method, path }) => method === 'GET' && path !== '/api/')
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

it('every field of a spec is a parameter, with what it may hold, and a property of a result', async () => {
  const { parameters, schemas } = (await document()).components
  const fields = Object.fromEntries(Object.entries(parameters).filter(([, parameter]) => parameter.in === 'query'))
  expect(Object.keys(fields)).toEqual(Object.keys(specFields))
  expect(fields).toMatchObject({
    batchSize: { schema: { anyOf: [{ const: 'full' }, { type: 'integer', minimum: 1 }], default: 32 } },
    hiddenUnits: { schema: { type: 'string', pattern: String.raw`^(?:none|\d+(?:-\d+)*)$`, default: '50' } },
    learningRate: { schema: { type: 'number', minimum: 0.00001, maximum: 10 } },
    dataset: { schema: { enum: ['blobs', 'moons', 'circles'] } },
    shuffle: { schema: { type: 'boolean' } },
  })
  for (const { description } of Object.values(fields)) expect(description).toMatch(/^The .+: .+\.$/)
  expect(schemas).toMatchObject({
    ExperimentResult: { properties: { spec: { required: Object.keys(specFields) } } },
    Progress: { properties: { metrics: { anyOf: [{ required: [...metrics] }, { type: 'null' }] } } },
  })
})

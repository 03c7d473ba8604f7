import { inspect } from 'node:util'

import { expect, it } from 'vitest'

import { startApp } from '../../support/app.ts'

interface Operation {
  operationId: string
  tags: string[]
  summary: string
  responses: Record<string, { description: string; headers: Record<string, unknown>; content?: unknown }>
}
interface Document {
  paths: Record<string, { get: Operation; head: Operation }>
}

const documentOf = async (): Promise<Document> => (await startApp().get('/api/openapi.json')).json()

/** A document as its reader sees it: a reference is its name, and references under their own names are a list. */
function readable(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(readable)
  const entries = Object.entries(value)
  const refs = entries.map(([key, of]) => [
    key,
    /^#\/components\/(.*)$/.exec((of as { $ref?: string })?.$ref ?? '')?.[1],
  ])
  if (refs.length && refs.every(([key, ref]) => ref?.endsWith(`/${key}`))) return refs.map(([, ref]) => ref)
  if ('$ref' in value && entries.length === 1) return `→ ${String(value.$ref).slice('#/components/'.length)}`
  return Object.fromEntries(entries.map(([key, of]) => [key, readable(of)]))
}

it('the API’s document is the one that clients were made from: every name, limit, default and example', async () => {
  const document = await documentOf()
  const paths = Object.fromEntries(
    Object.entries(document.paths).map(([path, item]) => [path, { ...item, head: 'as GET' }]),
  )
  const text = inspect(readable({ ...document, paths }), {
    depth: Infinity,
    breakLength: 120,
    maxArrayLength: null,
    maxStringLength: null,
  })
  await expect(`${text}\n`).toMatchFileSnapshot('../../golden/openapi.txt')
})

it('HEAD has the statuses and headers of GET, without content and what would have to be trained to be known', async () => {
  for (const [path, { get, head }] of Object.entries((await documentOf()).paths)) {
    // A part of a file comes for GET alone.
    const { 200: ok, 206: part, 416: none, ...others } = get.responses
    const { 'Cache-Status': trained, ...headers } = ok!.headers
    expect([path, head]).toEqual([
      path,
      {
        operationId: get.operationId.replace('get', 'head'),
        tags: get.tags,
        summary: get.summary,
        description: path.endsWith('.csv')
          ? expect.stringContaining('for that alone it trains')
          : 'The headers of GET. It never trains.',
        responses: { 200: { description: ok!.description, headers }, ...others },
      },
    ])
    const hasParts = path.endsWith('.csv')
    expect([path, part !== undefined, none !== undefined]).toEqual([path, hasParts, hasParts])
    expect([path, trained !== undefined]).toEqual([path, '503' in others && 'ETag' in headers])
  }
})

/**
 * Mixed requests to the product in workerd: every route, valid queries and hostile ones, methods, headers and paths. No
 * answer may be a fault of the server, and every fingerprint that it gives is compared with a training in Node.
 *
 * `npm run bench:mixed` makes 100,000 of them; `MIXED_REQUESTS` and `MIXED_SEED` choose others.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'

import { fingerprint } from '#experiment/result/numbers.ts'
import { estimateOperations } from '#experiment/spec/cost.ts'
import { digest } from '#experiment/spec/digest.ts'
import { InvalidQuery } from '#experiment/spec/errors.ts'
import { readSpec } from '#experiment/spec/permalink.ts'
import { specFields, type ExperimentSpec } from '#experiment/spec/spec.ts'
import { readSweep } from '#experiment/spec/sweep.ts'
import { trainNumbers } from '#training/by-engine.ts'
import { runToEnd } from '#training/progress.ts'

import { documentation } from '../../worker/http/openapi/routes.ts'
import { anyQuery } from '../support/arbitrary-query.ts'
import { hostileQueries, longestRefusal } from '../support/hostile-queries.ts'
import { startIsolates, type Isolates } from '../support/isolates.ts'

const count = Number(process.env['MIXED_REQUESTS'] ?? 1000)
const firstSeed = Number(process.env['MIXED_SEED'] ?? 1)
const connections = 8
/** How many requests are made up at once: not many, as the site’s files and KV are in this process, too. */
const atOnce = 50
/** The most work that one request may ask for, in operations, so that it is soon over. What asks for more is asked for its headers. */
const mostWork = 2e8

const oddPaths = [
  '/api',
  '/404',
  '/api/',
  '/nothing',
  '/api/experiments/',
  '//api',
  '/api/%00',
  '/charts/none.svg',
  '/playground/',
]
const headers = fc.constantFrom<Record<string, string>>(
  {},
  { 'Accept-Encoding': 'gzip' },
  { 'Accept-Encoding': 'identity', Range: 'bytes=0-99' },
  { Range: 'bytes=99999999-' },
  { 'If-None-Match': '*' },
  { 'If-None-Match': 'W/"x"' },
  { 'Last-Event-ID': 'end' },
  { Accept: 'text/html', Origin: 'https://elsewhere.example' },
  { 'X-Forwarded-Host': 'elsewhere.example', 'CF-Connecting-IP': '<script>' },
)
const method = fc.oneof(
  { weight: 30, arbitrary: fc.constant('GET') },
  { weight: 2, arbitrary: fc.constantFrom('HEAD', 'OPTIONS', 'POST', 'PUT', 'DELETE') },
)
const target = fc.oneof(
  {
    weight: 30,
    arbitrary: fc.oneof(...documentation.map((route) => fc.tuple(fc.constant(route.path), anyQuery(route)))),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(
      fc.constantFrom(...documentation.map(({ path }) => path)),
      fc.constantFrom(...Object.values(hostileQueries)),
    ),
  },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...oddPaths), fc.constantFrom('', 'epochs=2', '%', '<script>')) },
)
const asked = fc.record({ target, method, headers })
type Asked = typeof asked extends fc.Arbitrary<infer One> ? One : never

/** The experiments of a query, where it can be read. */
function specsOf(path: string, query: URLSearchParams): readonly ExperimentSpec[] {
  const route = documentation.find((one) => one.path === path)
  if (!route?.query || !('epochs' in route.query)) return []
  const views = Object.fromEntries(Object.entries(route.query).filter(([field]) => !(field in specFields)))
  try {
    if (route.takesLists) return readSweep(query, views, route.takesLists).specs
    return [readSpec(query, views, 'ignore').spec]
  } catch (error) {
    if (error instanceof InvalidQuery) return []
    throw error
  }
}

/** The fingerprint of each experiment that was answered, by its permalink; and how often one was. */
const answered = new Map<string, { digest: string; fingerprint: string }>()
let fingerprints = 0
const counts = new Map<string, number>()
const failures: string[] = []
const fail = (what: string) => void (failures.length < 100 && failures.push(what))

function note(row: { permalink: string; digest: string; fingerprint: string }): void {
  fingerprints++
  const known = answered.get(row.permalink)
  if (!known) answered.set(row.permalink, row)
  else if (known.digest !== row.digest || known.fingerprint !== row.fingerprint)
    fail(`two answers for ${row.permalink}`)
}

/** Notes every experiment in something that was parsed. */
function noteAll(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  const { permalink, digest: identity, fingerprint: proof } = value as Record<string, unknown>
  if (typeof permalink === 'string' && typeof identity === 'string' && typeof proof === 'string')
    note({ permalink, digest: identity, fingerprint: proof })
  for (const inner of Object.values(value)) noteAll(inner)
}

/** Notes the experiments of an answer, whatever its type. */
function noteAnswer(type: string, text: string): void {
  if (type.includes('json')) noteAll(JSON.parse(text))
  if (type === 'text/event-stream')
    for (const [, data] of text.matchAll(/^event: result\ndata: (.*)$/gm)) noteAll(JSON.parse(data!))
  if (!type.startsWith('text/csv')) return
  const [names = [], ...rows] = text.split('\r\n').map((line) => line.split(','))
  if (!names.includes('permalink')) return
  for (const cells of rows.filter(({ length }) => length === names.length))
    noteAll(Object.fromEntries(names.map((name, index) => [name, cells[index]])))
}

async function ask(url: string, { target: [path, query], method: how, headers: given }: Asked): Promise<void> {
  const at = new URL(`${url}${path}?${query}`.slice(0, 8190))
  const operations = specsOf(path, at.searchParams).reduce((sum, spec) => sum + estimateOperations(spec), 0)
  const isLong = how === 'GET' && operations > mostWork
  // HEAD of a table trains where it asks for a length, and that of a compressed one is not told.
  const init = isLong ? { method: 'HEAD', headers: { 'Accept-Encoding': 'gzip' } } : { method: how, headers: given }
  const response = await fetch(at, { ...init, redirect: 'manual' })
  const text = await response.text()
  const { status } = response
  const type = response.headers.get('Content-Type') ?? ''
  const kind = `${init.method} ${status}`
  counts.set(kind, (counts.get(kind) ?? 0) + 1)
  const what = `${init.method} ${at.pathname}${at.search}`.slice(0, 300)
  if (status >= 500 && status !== 501 && status !== 503) fail(`${status}: ${what}`)
  if (status >= 400 && !type.startsWith('text/html') && text.length > longestRefusal)
    fail(`${text.length} bytes: ${what}`)
  if (/\n\s+at .*:\d+:\d+/.test(text)) fail(`a stack trace: ${what}`)
  // workerd refuses what is no URL, and says so in plain text.
  if (!response.headers.has('Content-Security-Policy') && status !== 400) fail(`no policy: ${what}`)
  if (status === 200 && init.method === 'GET') noteAnswer(type, text)
}

let isolates: Isolates
beforeAll(async () => {
  isolates = await startIsolates({ bundle: inject('workerBundle') })
})
afterAll(() => isolates.stop())

it(
  `${count} mixed requests: none is a fault, and every fingerprint is that of a training in Node`,
  async () => {
    for (let made = 0, seed = firstSeed; made < count; made += atOnce, seed++) {
      const left = fc.sample(asked, { numRuns: Math.min(atOnce, count - made), seed }).values()
      await Promise.all(
        Array.from({ length: connections }, async () => {
          for (const one of left)
            await ask(isolates.urls[0]!, one).catch((error: unknown) =>
              fail(`${String(error)}: ${one.target.join('?')}`),
            )
        }),
      )
    }
    for (const [link, given] of answered) {
      const { spec } = readSpec(new URL(link, 'http://a').searchParams, {}, 'refuse')
      if ((await digest(spec)) !== given.digest) fail(`another digest in Node: ${link}`)
      if ((await fingerprint(runToEnd(trainNumbers(spec)))) !== given.fingerprint)
        fail(`another fingerprint in Node: ${link}`)
    }
    const lines = Array.from(counts, ([kind, times]) => `${kind}: ${times}`).toSorted()
    console.log(`${fingerprints} fingerprints of ${answered.size} experiments\n${lines.join('\n')}`)
    const faults = isolates.logs.filter((line) => line.includes('"fault"'))
    expect([failures, faults]).toEqual([[], []])
    expect(isolates.crashes()).toBe(0)
    // Not refusals alone.
    expect(counts.get('GET 200')).toBeGreaterThan(count / 5)
    // The generator has no more than some thousand different experiments that fit a budget.
    expect(answered.size).toBeGreaterThan(Math.min(count / 50, 1000))
  },
  60_000 + count * 60,
)

import { env, exports } from 'cloudflare:workers'
import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { expect, inject, it } from 'vitest'

import { chartNames, chartTypeOf } from '#charts/drawing.tsx'
import { churnSpec } from '#experiment/result/churn.ts'
import { readGeneralization } from '#experiment/result/generalization-question.ts'
import { measuredSpec } from '#experiment/result/gradient-noise.ts'
import { estimateOperations } from '#experiment/spec/cost.ts'
import { InvalidQuery } from '#experiment/spec/errors.ts'
import { readSpec } from '#experiment/spec/permalink.ts'
import { readPin } from '#experiment/spec/pin.ts'
import { specFields, type ExperimentSpec } from '#experiment/spec/spec.ts'
import { readSweep } from '#experiment/spec/sweep.ts'
import { readTyped } from '#playground-view/lenient-input.ts'

import { documentation } from '../../worker/http/openapi/routes.ts'
import { ProblemAnswer } from '../../worker/http/problems.ts'
import { anyQuery } from '../support/arbitrary-query.ts'
import { allEvents } from '../support/events.ts'
import { longestRefusal } from '../support/hostile-queries.ts'

const origin = 'http://minibatch.test'
const cases = inject('fuzzCases')
/** The most work that a case may ask for, in operations: some milliseconds. What asks for more is asked for its headers. */
const mostWork = 2e8
/** The longest that a refusal may take, in milliseconds. */
const patience = 1000

/** Those that read a spec; `/oembed`, which reads an address, has a test of its own. */
const routes = documentation.filter(({ query }) => query && 'epochs' in query)
type Route = (typeof routes)[number]
const isPage = ({ type }: Route) => type.startsWith('text/html')

/** Routes that do more than train, and what of a spec is more than they take on. */
const limited: Readonly<Record<string, (spec: ExperimentSpec) => void>> = {
  '/api/gradient-noise': measuredSpec,
  '/charts/gradient-noise.svg': measuredSpec,
  '/api/churn': churnSpec,
  ...Object.fromEntries(
    chartNames
      .filter((chart) => chartTypeOf(chart).needs.includes('churn'))
      .map((chart) => [`/charts/${chart}.svg`, churnSpec]),
  ),
}

/** What a query must be answered with, and the specs that it asks for. */
function expected(route: Route, search: URLSearchParams): { status: number; specs: readonly ExperimentSpec[] } {
  const views = Object.fromEntries(Object.entries(route.query ?? {}).filter(([field]) => !(field in specFields)))
  try {
    if (route.takesLists) return { status: 200, specs: readSweep(search, views, route.takesLists).specs }
    if (isPage(route)) return { status: 200, specs: [readSpec(readTyped(search).query, views, 'ignore').spec] }
    if (route.path === '/api/generalization') {
      const { spec, pinned } = readGeneralization(search)
      return { status: 200, specs: pinned ? [spec, pinned] : [spec] }
    }
    const { spec, view } = readSpec(search, views, 'refuse')
    limited[route.path]?.(spec)
    const { pin } = view as { pin?: string }
    return { status: 200, specs: pin === undefined ? [spec] : [spec, readPin(pin, spec)] }
  } catch (error) {
    if (error instanceof InvalidQuery) return { status: error.status, specs: [] }
    throw error
  }
}

type Element = [name: string, attributes: Record<string, string>]

/** Every element of well-formed XML. */
function readXml(text: string): Element[] {
  const elements: Element[] = []
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => elements.push([name, attributes as Record<string, string>]))
  parser.write(text).close()
  return elements
}

/** Every element of a page, as a browser sees them. */
async function readHtml(page: Response): Promise<Element[]> {
  const elements: Element[] = []
  const reader = new HTMLRewriter().on('*', {
    element: ({ tagName, attributes }) =>
      void elements.push([tagName, Object.fromEntries(attributes as Iterable<[string, string]>)]),
  })
  await reader.transform(page).text()
  return elements
}

const isActive = ([name]: Element) => /^(script|foreignobject|iframe|object|embed|base)$/i.test(name)
const leads = new Set(['href', 'xlink:href', 'src', 'action', 'formaction'])

/** That nothing of it runs but what the page's template brings. */
function expectInert(elements: Element[], template: Element[] = []): void {
  expect(elements.filter(isActive)).toEqual(template.filter(isActive))
  const attributes = elements.flatMap(([, given]) => Object.entries(given))
  expect(attributes.filter(([name]) => /^on/i.test(name))).toEqual([])
  const targets = attributes.filter(([name]) => leads.has(name.toLowerCase())).map(([, target]) => target)
  for (const target of targets) expect(target).toMatch(/^(\/(?!\/)|#|data:image\/png|http:\/\/minibatch\.test\/)/)
}

async function expectInertPage(path: string, page: Response): Promise<void> {
  const template = await env.ASSETS.fetch(new URL(path, origin))
  expectInert(await readHtml(page), await readHtml(template))
}

/** Bytes of a page that is refused for one short value. */
const plainRefusals = new Map<string, Promise<number>>()

/** That a refused page is not much longer for what the query says. */
async function expectShortPage(path: string, page: Response): Promise<void> {
  const lengthOf = async (one: Response) => (await one.arrayBuffer()).byteLength
  const plain = async () => lengthOf(await exports.default.fetch(new Request(new URL(`${path}?epochs=0`, origin))))
  if (!plainRefusals.has(path)) plainRefusals.set(path, plain())
  expect((await lengthOf(page)) - (await plainRefusals.get(path)!)).toBeLessThan(longestRefusal)
}

/** A number of a table, or none. */
const numeric = String.raw`(\d+(\.\d+)?(e[+-]?\d+)?)?`
const row = {
  numbers: new RegExp(String.raw`^\d+,\d+(,${numeric}){6}$`),
  // What varies, counts and statistics, the digest, the fingerprint and the permalink.
  experiment: new RegExp(
    String.raw`^((\w[\w.-]*),){0,2}\d+(,\d+){4}(,${numeric}){16},[0-9a-f]{64},[0-9a-f]{64},/playground(\?[\w=&.%-]+)?$`,
  ),
}

/** That a spreadsheet takes every cell for a number, for a word, or for nothing. */
function expectSafeTable(text: string, isOfExperiments: boolean): void {
  const [header, ...rows] = text.split('\r\n')
  expect(header).toMatch(/^\w+(,\w+)*$/)
  expect(rows.pop()).toBe('')
  for (const one of rows) expect(one).toMatch(isOfExperiments ? row.experiment : row.numbers)
}

/** That a picture is whole: it begins and ends as a PNG does. */
function expectPicture(png: ArrayBuffer): void {
  const text = new TextDecoder().decode(png)
  expect([text.slice(1, 8), text.indexOf('IEND') > 0]).toEqual(['PNG\r\n\u001A\n', true])
}

/** That an answer with content is what its type promises. */
async function expectSound({ path, type, takesLists }: Route, response: Response): Promise<void> {
  expect(response.headers.get('Content-Type')).toBe(type)
  if (type === 'text/event-stream') {
    expect((await allEvents(response)).at(-1)?.event).toBe('result')
    return
  }
  if (type.startsWith('text/html')) return expectInertPage(path, response)
  if (type === 'image/png') return expectPicture(await response.arrayBuffer())
  const text = await response.text()
  if (type === 'application/json') expect(JSON.parse(text)).toBeTypeOf('object')
  if (type.startsWith('text/csv')) expectSafeTable(text, takesLists !== undefined)
  if (type === 'image/svg+xml') expectInert(readXml(text))
}

/** That a refusal which took too long was held up by the machine: the second comes in time. */
async function expectQuick(ask: () => Promise<Response>): Promise<void> {
  const started = Date.now()
  await (await ask()).text()
  expect(Date.now() - started).toBeLessThan(patience)
}

async function expectProblem(response: Response): Promise<void> {
  expect(response.headers.get('Content-Type')).toBe('application/problem+json')
  const text = await response.text()
  expect(new TextEncoder().encode(text).byteLength).toBeLessThan(longestRefusal)
  const problem = ProblemAnswer.parse(JSON.parse(text))
  expect(problem.status).toBe(response.status)
  expect(problem.errors?.length).toBeGreaterThan(0)
  for (const { field, value } of problem.errors!) expect(Math.max(field.length, value.length)).toBeLessThanOrEqual(101)
}

it(
  'every query is answered with what it asks for or with what is wrong with it',
  async () => {
    const counts = new Map<string, number>()
    const answer = async ([path, query]: readonly [string, string]) => {
      const route = routes.find((one) => one.path === path)!
      const url = new URL(`${path}?${query}`, origin)
      const { status, specs } = expected(route, url.searchParams)
      const method = specs.reduce((sum, spec) => sum + estimateOperations(spec), 0) > mostWork ? 'HEAD' : 'GET'
      // HEAD of a table trains where it asks for a length, and that of a compressed one is not told.
      const headers = method === 'HEAD' ? { 'Accept-Encoding': 'gzip' } : {}
      const ask = () => exports.default.fetch(new Request(url, { method, headers }))
      const started = Date.now()
      const response = await ask()
      if (status !== 200 && Date.now() - started > patience) await expectQuick(ask)
      expect(response.status).toBe(status)
      if (method === 'HEAD') expect(await response.text()).toBe('')
      else if (status === 200) await expectSound(route, response)
      else if (isPage(route)) {
        await expectShortPage(path, response.clone())
        await expectInertPage(path, response)
      } else await expectProblem(response)
      const kind = `${method} ${path} ${status}`
      counts.set(kind, (counts.get(kind) ?? 0) + 1)
    }
    // The first waits for the Worker to load.
    await exports.default.fetch(new Request(origin))
    const asked = fc.oneof(...routes.map((route) => fc.tuple(fc.constant(route.path), anyQuery(route))))
    await fc.assert(fc.asyncProperty(asked, answer), { numRuns: cases })
    // Each kind of answer has been seen, not only refusals.
    for (const { path } of routes)
      for (const status of [200, 400, 422])
        expect([path, status, counts.has(`GET ${path} ${status}`)]).toEqual([path, status, true])
    if (cases > 2000) console.log(report(counts))
  },
  cases * 50,
)

/** How many answers there were, of each kind. */
function report(counts: ReadonlyMap<string, number>): string {
  const lines = Array.from(counts, ([kind, count]) => `${kind}: ${count}`)
  return lines.toSorted((a, b) => a.localeCompare(b)).join('\n')
}

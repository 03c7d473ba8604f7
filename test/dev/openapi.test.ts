import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { beforeAll, describe, expect, inject, it } from 'vitest'

import { deviations, exampleDeviations, readContract, type Contract } from '../support/openapi.ts'

const served = inject('served')
let contract: Contract
let errors: unknown
beforeAll(async () => {
  const document = (await (await fetch(`${served}/api/openapi.json`)).json()) as object
  ;({ contract, errors } = await readContract(document))
}, 90_000)

/** Every route, with what the document says of it. */
const routes = () => Object.entries(contract.paths)
const hasQuery = ([, { parameters }]: [string, Contract['paths'][string]]) =>
  parameters.some((parameter) => parameter.in === 'query')
/** Whether a route ignores fields that it does not know: pages do, and what asks for frames adds its own. */
const isLenient = (path: string) => !/^\/(api|charts|cards)\//.test(path)
/** The address of a route, with the fields that it cannot do without. */
function addressOf(path: string, more: Record<string, string> = {}): string {
  const required = contract.paths[path]!.parameters.filter((parameter) => parameter.required)
  const query = new URLSearchParams({
    ...Object.fromEntries(required.map(({ name, example }) => [name, String(example)])),
    ...more,
  })
  return `${served}${path}${query.size ? `?${query}` : ''}`
}
/** Questions of one route that are wrong in its own ways, by status. */
const wrongly: Record<string, Record<number, Record<string, string>>> = {
  '/oembed': { 400: { maxwidth: 'x' }, 404: { url: '/' }, 422: { maxwidth: '0' }, 501: { format: 'xml' } },
}

describe('the OpenAPI document', () => {
  it('is valid', () => {
    expect(errors).toEqual([])
  })

  it('has an example for every route that works when pasted, and says what comes', async () => {
    for (const [path, { get }] of routes()) {
      const [sample] = get['x-codeSamples']!
      const [, url] = /^curl (?:-N |-o \S+ )?'(.*)'$/.exec(sample!.source)!
      expect(url).toMatch(new RegExp(`^${served}${path.replaceAll('.', String.raw`\.`)}($|\\?)`))
      const response = await fetch(url!)
      expect([url, response.status]).toEqual([url, 200])
      expect([url, await deviations(get.responses['200'], response)]).toEqual([url, []])
    }
  }, 30_000)

  it('has an example for every parameter of every route', async () => {
    for (const [path, { parameters, get }] of routes())
      for (const { name, example } of parameters.filter((parameter) => parameter.in === 'query')) {
        const url = addressOf(path, { [name]: String(example) })
        const response = await fetch(url)
        expect([url, response.status]).toEqual([url, 200])
        expect([url, await deviations(get.responses['200'], response)]).toEqual([url, []])
      }
  }, 60_000)

  it('is right about HEAD and about copies that are still good', async () => {
    for (const [path, { parameters, get, head }] of routes()) {
      const response = await fetch(addressOf(path), { method: 'HEAD' })
      expect([path, response.status, await deviations(head.responses['200'], response)]).toEqual([path, 200, []])
      const etag = response.headers.get('ETag')
      expect([path, parameters.some(({ name }) => name === 'If-None-Match')]).toEqual([path, etag !== null])
      if (etag === null) continue
      const unchanged = await fetch(addressOf(path), { headers: { 'If-None-Match': etag } })
      expect([path, unchanged.status, await deviations(get.responses['304'], unchanged)]).toEqual([path, 304, []])
    }
  })

  it('is right about parts of files, and about those that no file has', async () => {
    const files = routes().filter(([, { parameters }]) => parameters.some(({ name }) => name === 'Range'))
    expect(files.map(([path]) => path)).toEqual(['/api/experiments.csv', '/api/sweep.csv'])
    for (const [path, { get }] of files)
      for (const [range, status] of [
        ['bytes=0-99', 206],
        ['bytes=-99', 206],
        ['bytes=99999999-', 416],
      ] as const) {
        const response = await fetch(addressOf(path), { headers: { Range: range } })
        expect([path, range, response.status]).toEqual([path, range, status])
        expect([path, range, await deviations(get.responses[status], response)]).toEqual([path, range, []])
      }
  })

  it('is right about a stream that is asked for again after its end', async () => {
    const path = '/api/experiments/stream'
    const { parameters, get, head } = contract.paths[path]!
    expect(parameters.map(({ name }) => name)).toContain('Last-Event-ID')
    for (const [method, described] of [
      ['GET', get],
      ['HEAD', head],
    ] as const) {
      const ended = await fetch(served + path, { method, headers: { 'Last-Event-ID': 'end' } })
      expect([ended.status, await deviations(described.responses['204'], ended)]).toEqual([204, []])
    }
  })

  it('names exactly the fields that each route reads', async () => {
    for (const [path, { parameters, get }] of routes()
      .filter(hasQuery)
      .filter(([address]) => !isLenient(address))) {
      const response = await fetch(`${served}${path}?nothing=1`)
      const { errors: wrong } = (await response.clone().json()) as { errors: { expected: string }[] }
      const names = parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name)
      expect([path, wrong[0]!.expected]).toEqual([path, `one of ${names.join(', ')}`])
      expect([path, response.status, await deviations(get.responses['400'], response)]).toEqual([path, 400, []])
    }
  })

  it('is right about every error', async () => {
    const check = async (path: string, status: number, described = contract.paths[path]!.get.responses[status]) => {
      const usual = { 400: { epochs: 'x' }, 422: { epochs: '0' }, 414: { noise: '1'.repeat(9000) } }[status]
      const url = path in contract.paths ? addressOf(path, wrongly[path]?.[status] ?? usual) : served + path
      const response = await fetch(url, { method: status === 405 ? 'POST' : 'GET' })
      expect([path, response.status, await deviations(described, response)]).toEqual([path, status, []])
    }
    for (const [path] of routes().filter(hasQuery)) for (const status of [400, 422]) await check(path, status)
    for (const [path, statuses] of Object.entries(wrongly))
      for (const status of Object.keys(statuses)) await check(path, Number(status))
    for (const [path] of routes()) {
      await check(path, 414)
      await check(path, 405, contract.paths[path]!.get.responses['default'])
    }
    await check('/api/nothing', 404, contract.components.responses['OtherProblem'])
  })

  it('says of whatever trains that it can be refused for a while, and when to come back', () => {
    for (const [path, { get }] of routes().filter(hasQuery)) {
      const isRefusable = !/dataset|oembed/.test(path)
      for (const status of ['429', '503']) {
        const headers = Object.keys(get.responses[status]?.headers ?? {})
        expect([path, status, headers.includes('Retry-After')]).toEqual([path, status, isRefusable])
      }
    }
  })

  it('shows errors as they are', () => {
    const shown = Object.entries(contract.components.responses)
    const named = [400, 404, 414, 416, 422, 429, 500, 501, 503].map((status) => `Problem${status}`)
    expect(shown.map(([name]) => name)).toEqual([...named, 'OtherProblem'])
    for (const [name, answer] of shown) expect([name, exampleDeviations(answer)]).toEqual([name, []])
  })
})

describe('the page on the API', () => {
  const page = async () => (await fetch(`${served}/api`)).text()
  const text = (html: string) =>
    html
      .replaceAll(/<[^>]+>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&')
  const examples = async () =>
    [...(await page()).matchAll(/<pre[^>]* data-language="(\w+)"[^>]*>(.*?)<\/pre>/gs)].map(([, language, code]) => ({
      language,
      code: text(code!),
    }))

  it('names every route, and every status of an error that is not the server’s fault', async () => {
    const html = await page()
    for (const [path] of routes().filter(([address]) => address !== '/api'))
      expect(html).toMatch(new RegExp(`<code[^>]*>${path.replaceAll('.', String.raw`\.`)}</code>`))
    for (const status of [400, 404, 405, 414, 416, 422, 429, 501, 503])
      expect(html).toMatch(new RegExp(`<dt[^>]*>${status}<`))
  })

  it('is found with a slash at its end, too', async () => {
    const response = await fetch(`${served}/api/`)
    expect([response.status, response.url]).toEqual([200, `${served}/api`])
  })

  it('has examples in curl and JavaScript that run as they stand', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'minibatch-examples-'))
    const run = (command: string, ...args: string[]) =>
      execFileSync(command, args, { cwd: folder, encoding: 'utf8', timeout: 20_000, stdio: ['ignore', 'pipe', 'pipe'] })
    // A slim image has no curl: there, Node asks for the same.
    const hasCurl = spawnSync('curl', ['--version']).error === undefined
    const [embedding, ...shown] = (await examples()).toReversed()
    expect(shown.map(({ language }) => language)).toEqual(
      [1, 2, 3, 4, 5].flatMap(() => ['Python', 'JavaScript', 'curl']),
    )
    expect(embedding).toMatchObject({
      language: 'HTML',
      code: expect.stringContaining(`${served}/embed?batchSize=4`) as string,
    })
    for (const { language, code } of shown) {
      expect(code).toContain(`'${served}/api/`)
      if (language === 'curl' && hasCurl) run('sh', '-ec', code.replace('curl', 'curl --silent --show-error --fail'))
      if (language === 'curl' && !hasCurl)
        expect(await fetch(/^curl (?:-\w+ )?'(.*)'$/m.exec(code)![1]!)).toHaveProperty('status', 200)
      if (language === 'JavaScript')
        expect(run(process.execPath, '--experimental-eventsource', '--input-type=module', '--eval', code)).not.toBe('')
    }
  }, 60_000)

  it('has examples in Python whose address works', async () => {
    for (const { code } of (await examples()).filter(({ language }) => language === 'Python')) {
      const response = await fetch(/'(http[^']+)'/.exec(code)![1]!)
      expect([response.status, (await response.text()).length > 0]).toEqual([200, true])
    }
  })
})

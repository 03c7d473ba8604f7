import { exports } from 'cloudflare:workers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { hasErrors, readAddress } from '#playground-view/address.ts'
import { readTyped } from '#playground-view/lenient-input.ts'
import { cachePolicies } from '#security/cache-control.ts'

import { OEmbedAnswer } from '../../worker/http/oembed.ts'
import { documentation } from '../../worker/http/openapi/routes.ts'
import { ProblemAnswer } from '../../worker/http/problems.ts'
import { anyQuery } from '../support/arbitrary-query.ts'

const origin = 'http://minibatch.test'
const ask = (query: Record<string, string>, init?: RequestInit) =>
  exports.default.fetch(new Request(`${origin}/oembed?${new URLSearchParams(query)}`, init))

/** The attributes of the one frame that is to be put into a page. */
async function frameOf(html: string): Promise<Record<string, string>> {
  const frames: Record<string, string>[] = []
  const others: string[] = []
  const reader = new HTMLRewriter().on('*', {
    element: ({ tagName, attributes }) => {
      if (tagName === 'iframe') frames.push(Object.fromEntries(attributes as Iterable<[string, string]>))
      else others.push(tagName)
    },
  })
  await reader.transform(new Response(html)).text()
  expect([frames.length, others]).toEqual([1, []])
  return frames[0]!
}

describe('/oembed', () => {
  it.each(['/playground', '/embed'])('answers for %s with a frame of the bare figure', async (page) => {
    const response = await ask({ url: `${origin}${page}?seed=3&batchSize=1&fbclid=x` })
    expect([response.status, response.headers.get('Content-Type')]).toEqual([200, 'application/json'])
    expect(response.headers.get('Cache-Control')).toBe(cachePolicies.release['Cache-Control'])
    const answer = OEmbedAnswer.parse(await response.json())
    expect(answer).toMatchObject({
      version: '1.0',
      type: 'rich',
      provider_name: 'Minibatch',
      provider_url: `${origin}/`,
      width: 640,
      height: 420,
      thumbnail_url: `${origin}/cards/experiment.png?batchSize=1&seed=3`,
      thumbnail_width: 1200,
      thumbnail_height: 630,
    })
    const { src, title, width, height } = await frameOf(answer.html)
    expect(src?.replaceAll('&amp;', '&')).toBe(`${origin}/embed?batchSize=1&seed=3`)
    expect([title, Number(width), Number(height)]).toEqual([answer.title, answer.width, answer.height])
    expect(answer.title).toBe('Batch size 1, seed 3')
  })

  it('keeps to the room that there is: a card that is larger is left out', async () => {
    const url = '/playground'
    const narrow = await (await ask({ url, maxwidth: '320' })).json<Record<string, unknown>>()
    const low = await (await ask({ url, maxheight: '200' })).json<Record<string, unknown>>()
    const roomy = await (await ask({ url, maxwidth: '1200', maxheight: '630' })).json<Record<string, unknown>>()
    expect([narrow, low, roomy].map(({ width, height }) => [width, height])).toEqual([
      [320, 420],
      [640, 200],
      [640, 420],
    ])
    expect([narrow, low, roomy].map((answer) => 'thumbnail_url' in answer)).toEqual([false, false, true])
    expect(await frameOf(low['html'] as string)).toMatchObject({ width: '640', height: '200' })
  })

  it('shows what the address shows: the loss, by updates, at its epoch, with what is frozen', async () => {
    const url = '/playground?axis=updates&metric=loss&seed=3&epoch=9&lock=seed'
    const { html, title } = OEmbedAnswer.parse(await (await ask({ url })).json())
    expect((await frameOf(html))['src']?.replaceAll('&amp;', '&')).toBe(
      `${origin}/embed?seed=3&metric=loss&axis=updates&epoch=9&lock=seed`,
    )
    expect(title).toBe('Seed 3')
  })

  it('has one ETag for one question, and trains nothing', async () => {
    const etag = async (query: Record<string, string>) => (await ask(query)).headers.get('ETag')
    const [plain, spelled, narrow, other] = await Promise.all([
      etag({ url: '/playground' }),
      etag({ url: `${origin}/embed?batchSize=32`, format: 'json', dnt: 'true' }),
      etag({ url: '/playground', maxwidth: '300' }),
      etag({ url: '/playground?seed=2' }),
    ])
    expect(spelled).toBe(plain)
    expect(new Set([plain, narrow, other]).size).toBe(3)
    const known = await ask({ url: '/playground' }, { headers: { 'If-None-Match': plain! } })
    expect([known.status, await known.text()]).toEqual([304, ''])
    const response = await ask({ url: '/playground?seed=60000' })
    expect([response.status, response.headers.get('Cache-Status')]).toEqual([200, null])
  })

  it.each([
    'http://elsewhere.test/playground',
    'https://minibatch.test.elsewhere.test/playground',
    '//elsewhere.test/playground',
    '/',
    '/api/experiments',
    '/playground/x',
    'javascript:alert(1)',
    'http://',
    '/playground?epochs=0',
    '/embed?epochs=x',
  ])('has nothing for %s: 404, as oEmbed wants it', async (url) => {
    const response = await ask({ url })
    expect([response.status, response.headers.get('Cache-Control')]).toEqual([404, 'no-store'])
    expect(response.headers.get('Content-Type')).toBe('application/problem+json')
    const problem = ProblemAnswer.parse(await response.json())
    expect(problem.errors?.map(({ field }) => field)).toEqual(url.includes('epochs') ? ['epochs'] : undefined)
  })

  it.each([
    [{ url: '/playground', format: 'xml' }, 501],
    [{ url: '/playground', maxwidth: '0' }, 422],
    [{ url: '/playground', maxheight: 'tall' }, 400],
    [{ maxwidth: '600' }, 400],
  ])('refuses %o with %i', async (query: Record<string, string>, status) => {
    const response = await ask(query)
    expect(response.status).toBe(status)
    expect(ProblemAnswer.parse(await response.json()).status).toBe(status)
  })

  it('refuses a question that is asked twice', async () => {
    const response = await exports.default.fetch(new Request(`${origin}/oembed?url=/embed&url=/playground`))
    expect(response.status).toBe(400)
  })

  it('answers for every address of a permalink, and for nothing else', async () => {
    const playground = documentation.find(({ path }) => path === '/playground')!
    const counts = { 200: 0, 404: 0 }
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(origin, '', 'http://elsewhere.test', '//', 'x:'),
        fc.constantFrom('/playground', '/embed', '/', '/Playground'),
        anyQuery(playground),
        async (site, path, query) => {
          const response = await ask({ url: `${site}${path}?${query}` })
          const isHere = (site === origin || site === '') && /^\/(playground|embed)$/.test(path)
          const status = isHere && isReadable(query) ? 200 : 404
          expect(response.status).toBe(status)
          counts[status]++
          const answer = await response.json()
          if (status === 404) ProblemAnswer.parse(answer)
          else {
            const { src } = await frameOf(OEmbedAnswer.parse(answer).html)
            expect(src).toMatch(/^http:\/\/minibatch\.test\/embed($|\?)/)
          }
        },
      ),
      { numRuns: 300 },
    )
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(10)
  }, 30_000)
})

function isReadable(query: string): boolean {
  return !hasErrors(readAddress(readTyped(new URL(`/?${query}`, origin).searchParams).query).spec)
}

/** Pages whose experiment is refused: without JavaScript they ask again by themselves, if that is any use. */
import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'

import { requireBudget } from '#experiment/spec/budget.ts'
import { readSpec } from '#experiment/spec/permalink.ts'

import { createApp } from '../../worker/http/app.ts'
import { hostileQueries, longestRefusal } from '../support/hostile-queries.ts'

const rate = (success: boolean) => ({ limit: async () => ({ success }) })

/** What stands in the head: the playground's script asks again itself; a frame has none. */
const refreshes: Record<string, RegExp> = {
  '/playground': /<noscript><meta http-equiv="refresh" content="(\d+)"><\/noscript><\/head>/,
  '/embed': /<meta http-equiv="refresh" content="(\d+)"><\/head>/,
}
const paths = Object.keys(refreshes)

/** The page's status and when to come back; what the head says of it to a browser without scripts; and what readers see. */
async function pageOf(path: string, query: string, given: object) {
  const bindings = { ...env, ...given }
  const response = await createApp().request(`${path}?${query}`, {}, bindings, createExecutionContext())
  const { status, headers } = response
  const page = await response.text()
  return {
    status,
    retryAfter: headers.get('Retry-After'),
    header: headers.get('Refresh'),
    refresh: refreshes[path]!.exec(page)?.[1],
    asks: /asks again by itself, in (\d+) seconds/.exec(page)?.[1],
    others: page.match(/http-equiv="refresh"/g)?.length ?? 0,
  }
}

describe('/playground', () => {
  it('comes without its boundary where that may not be trained, as a whole page that nobody keeps', async () => {
    const query = 'epochs=2&seed=84'
    await createApp().request(`/api/experiments?${query}`, {}, { ...env }, createExecutionContext())
    // Of the same isolate as far as the store goes: the numbers are there once the write has ended.
    await expect.poll(async () => (await env.RESULTS.list()).keys.length).toBeGreaterThan(0)
    const off = { ...env, TRAININGS: 'off' }
    const ask = () => createApp().request(`/playground?${query}`, {}, off, createExecutionContext())
    await expect.poll(async () => (await ask()).status).toBe(200)
    const response = await ask()
    expect([response.headers.get('Cache-Control'), response.headers.get('ETag')]).toEqual(['no-store', null])
    const page = await response.text()
    expect(page).toContain('<title>2 epochs, seed 84 – Minibatch</title>')
    expect(page).not.toContain('class="instrument-boundary"')
    expect(page).not.toContain('turned off')
  })
})

describe.each(paths)('%s', (path) => {
  it('is not much longer for what a query says, however long that is', async () => {
    const ask = (query: string) =>
      createApp().request(`${path}?${query}`.slice(0, 8100), {}, { ...env }, createExecutionContext())
    const lengthOf = async (response: Response) => (await response.arrayBuffer()).byteLength
    const plain = path === '/embed' ? 0 : await lengthOf(await ask('epochs=0'))
    let refused = 0
    for (const [name, query] of Object.entries(hostileQueries)) {
      const response = await ask(query)
      const length = await lengthOf(response)
      if (response.status === 200) continue
      refused++
      expect([name, length - plain < longestRefusal]).toEqual([name, true])
    }
    expect(refused).toBeGreaterThanOrEqual(4)
  })

  it('shows what was typed, to be put right', async () => {
    const typed = '50:0.001-100:0.0001-150:x'
    const response = await createApp().request(
      `/playground?learningRateSchedule=${typed}`,
      {},
      { ...env },
      createExecutionContext(),
    )
    expect([response.status, (await response.text()).includes(`value="${typed}"`)]).toEqual([400, true])
  })

  it('asks again when it says so, and tells the reader', async () => {
    const busy = { TRAININGS: 'limited', TRAINING_RATE: rate(false) }
    expect(await pageOf(path, 'epochs=2&seed=81', busy)).toEqual({
      status: 429,
      retryAfter: '60',
      // With scripts the page is at work, and is not taken away from the reader.
      header: null,
      refresh: '60',
      asks: '60',
      others: 1,
    })
  })

  it.each([
    ['new experiments are turned off', 'epochs=2&seed=82', { TRAININGS: 'off' }, 503],
    ['the settings are wrong', 'epochs=0', {}, 422],
    ['there is a result', 'epochs=2&seed=83', {}, 200],
  ])('does not where %s', async (_, query, given, status) => {
    expect(await pageOf(path, query, given)).toMatchObject({ status, refresh: undefined, asks: undefined, others: 0 })
  })
})

describe('a playground above the Worker’s budget', () => {
  const htmlOf = async (query: string) => {
    const response = await createApp().request(`/playground?${query}`, {}, { ...env }, createExecutionContext())
    return { status: response.status, html: await response.text() }
  }

  it('says in words how far, has the settings as they came, and links to what fits', async () => {
    const { status, html } = await htmlOf('epochs=500&examples=5000&seeds=200&lock=momentum')
    expect(status).toBe(422)
    expect(html).toMatch(/This one is about [\d.]+ times that\./)
    expect(html).toContain('Your browser has no such limit')
    expect(html).not.toMatch(/e\+\d\d|cannot be used|rel="canonical"|oembed\?/)
    expect(html).toMatch(/name="seeds"[^>]*value="200"/)
    const ways = Array.from(
      html.matchAll(/href="(\/playground\?[^"]*)">(\d+) (epochs|seeds)</g),
      ([, href, most, field]) => ({
        query: new URLSearchParams(href!.replaceAll('&amp;', '&').split('?')[1]),
        most: Number(most),
        field: field as 'epochs' | 'seeds',
      }),
    )
    expect(ways.map(({ field }) => field)).toEqual(['epochs', 'seeds'])
    for (const { query, most, field } of ways) {
      expect(query.get('lock')).toBe('momentum')
      const { spec } = readSpec(query, {}, 'ignore')
      expect(spec).toMatchObject({ epochs: 500, seeds: 200, examples: 5000, [field]: most })
      expect(() => requireBudget({ ...spec, [field]: most + 1 })).toThrow('the budget of engine=fused')
    }
  })

  it('does not say that the browser trains stock TensorFlow.js', async () => {
    const { html } = await htmlOf('engine=layers&seeds=200')
    expect(html).toContain('Too large for the Worker')
    expect(html).not.toContain('Your browser has no such limit')
  })

  it.each(['seeds=201', 'seeds=200&epochs=501'])(
    'is still refused beyond the limits of the fields: %s',
    async (query) => {
      const { status, html } = await htmlOf(query)
      expect(status).toBe(422)
      expect(html).toContain('This cannot be trained')
    },
  )

  it.each(['/api/experiments', '/api/experiments.csv', '/charts/learning-curves.svg', '/embed'])(
    '%s goes on refusing it',
    async (path) => {
      const query = 'epochs=500&examples=5000&seeds=200'
      const { status } = await createApp().request(`${path}?${query}`, {}, { ...env }, createExecutionContext())
      expect(status).toBe(422)
    },
  )
})

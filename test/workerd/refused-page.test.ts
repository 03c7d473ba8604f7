/** Pages whose experiment is refused: without JavaScript they ask again by themselves, if that is any use. */
import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'

import { createApp } from '../../worker/http/app.ts'

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

describe.each(paths)('%s', (path) => {
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

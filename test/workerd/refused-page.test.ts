/** The playground's page where an experiment is refused: without JavaScript it asks again by itself, if that is any use. */
import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'

import { createApp } from '../../worker/http/app.ts'

const rate = (success: boolean) => ({ limit: async () => ({ success }) })

/** The page's status and when to come back; what the head says of it to a browser without scripts; and what readers see. */
async function pageOf(query: string, given: object) {
  const bindings = { ...env, ...given }
  const response = await createApp().request(`/playground?${query}`, {}, bindings, createExecutionContext())
  const { status, headers } = response
  const page = await response.text()
  return {
    status,
    retryAfter: headers.get('Retry-After'),
    header: headers.get('Refresh'),
    refresh: /<noscript><meta http-equiv="refresh" content="(\d+)"><\/noscript><\/head>/.exec(page)?.[1],
    asks: /asks again by itself, in (\d+) seconds/.exec(page)?.[1],
    others: page.match(/http-equiv="refresh"/g)?.length ?? 0,
  }
}

it('asks again when it says so, and tells the reader', async () => {
  const busy = { TRAININGS: 'limited', TRAINING_RATE: rate(false) }
  expect(await pageOf('epochs=2&seed=81', busy)).toEqual({
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
  expect(await pageOf(query, given)).toMatchObject({ status, refresh: undefined, asks: undefined, others: 0 })
})

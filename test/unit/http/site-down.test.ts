/** Pages where the site's files cannot be read: a problem with all security headers, in time. */
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'

import { answerHeaders } from '#security/security-headers.ts'

import { header, startApp } from '../../support/app.ts'

const error = vi.spyOn(console, 'error')
// The headers of data are hashed once, in real time.
beforeAll(async () => void (await startApp().get('/api/presets')))
beforeEach(() => {
  vi.useFakeTimers()
  error.mockReset().mockReturnValue()
})
afterEach(() => void vi.useRealTimers())

const faults: Record<string, () => Promise<Response>> = {
  throws: async () => {
    throw new Error('no files today')
  },
  'answers 500': async () => new Response('', { status: 500 }),
  hangs: () => new Promise(() => {}),
  'breaks off': async () =>
    new Response(
      new ReadableStream({
        pull: (controller) => controller.error(new Error('gone')),
      }),
    ),
  'hangs in its body': async () => new Response(new ReadableStream({})),
}

it.each(
  Object.keys(faults).flatMap((fault) =>
    ['/api', '/playground?epochs=0', '/embed?epochs=0', '/404'].map((path) => [fault, path] as const),
  ),
)('where ASSETS %s, %s is a problem page within 5 seconds, with every security header', async (fault, path) => {
  const app = startApp({ assets: { fetch: faults[fault]! } })
  const asked = app.get(path)
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, 5000))
  const first = Promise.race([asked, late])
  await vi.advanceTimersByTimeAsync(5000)
  const response = await first
  expect([response!.status, header(response!, 'Content-Type')]).toEqual([500, 'text/html; charset=utf-8'])
  expect([header(response!, 'Cache-Control'), header(response!, 'Retry-After')]).toEqual(['no-store', '10'])
  for (const name of Object.keys(answerHeaders({ styles: [] })))
    expect([name, header(response!, name)]).not.toEqual([name, null])
  expect(await response!.text()).toContain('This page cannot be shown for the moment')
  expect(error).toHaveBeenCalledOnce()
})

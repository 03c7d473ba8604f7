/** What is written down: enough to see that it is healthy, and nothing of the people. */
import { describe, expect, it, vi } from 'vitest'

import { logFault } from '../../../worker/http/request-log.ts'
import { startApp } from '../../support/app.ts'

/** The lines that a request leaves. */
async function linesOf(path: string, init: RequestInit = {}): Promise<Record<string, unknown>[]> {
  const logged = vi.spyOn(console, 'log').mockReturnValue()
  await (await startApp().get(path, init)).text()
  const lines = logged.mock.calls.map(([line]) => JSON.parse(String(line)) as Record<string, unknown>)
  logged.mockRestore()
  return lines
}

describe('the log', () => {
  it('has one line for a request: route, status, where the numbers came from, and the deployment', async () => {
    expect(await linesOf('/api/experiments?epochs=3')).toEqual([
      {
        event: 'request',
        method: 'GET',
        path: '/api/experiments',
        status: 200,
        cache: 'minibatch; fwd=miss',
        deployment: 'd1',
      },
    ])
    expect(await linesOf('/api/health')).toMatchObject([{ path: '/api/health', status: 200, cache: 'none' }])
  })

  it.each([
    '/api/dataset?examples=77',
    '/api/experiments?epochs=77x',
    '/jane-doe-77',
    `/api/presets?${'7'.repeat(9000)}`,
  ])('holds no query, no typed path, no address and no header of %s', async (path) => {
    for (const method of ['GET', 'OPTIONS', 'POST']) {
      const lines = await linesOf(path, {
        method,
        headers: { 'CF-Connecting-IP': '203.0.113.77', 'User-Agent': 'agent 77', Referer: 'https://77.example' },
      })
      expect(lines).toHaveLength(1)
      expect(JSON.stringify(lines)).not.toMatch(/77|\?|jane/)
    }
  })

  it('tells of a fault where it is, without the query of an address in it', () => {
    const logged = vi.spyOn(console, 'error').mockReturnValue()
    logFault(new TypeError('cannot read https://minibatch.test/api/dataset?examples=77 now'))
    logFault('thrown as text')
    const [first, second] = logged.mock.calls.map(([line]) => JSON.parse(String(line)) as Record<string, string>)
    logged.mockRestore()
    expect(first).toMatchObject({
      event: 'fault',
      name: 'TypeError',
      message: 'cannot read https://minibatch.test/api/dataset?… now',
    })
    expect(first!['stack']).toContain('log.test.ts')
    expect(first!['stack']).not.toContain('77 now')
    expect(second).toMatchObject({ name: 'Error', message: 'thrown as text' })
  })
})

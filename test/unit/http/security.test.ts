/** The headers that the Worker sets on its pages. Their templates are stand-ins here; test/dev/security.test.ts has the real ones. */
import { Hono } from 'hono'
import { expect, it } from 'vitest'

import type { WorkerApp } from '../../../worker/http/environment.ts'
import { secure } from '../../../worker/http/security.ts'
import { origin } from '../../support/app.ts'

const policy = "default-src 'none'"
const env = {
  ASSETS: { fetch: async () => new Response('', { headers: { 'Content-Security-Policy': policy } }) },
} as unknown as WorkerApp['Bindings']

it.each(['/playground', '/embed', '/api'])(
  '%s has its template’s policy, and pages of every origin may read it',
  async (path) => {
    const app = new Hono<WorkerApp>()
    app.use(secure)
    app.get(path, (c) => c.html('<h1>Page</h1>'))
    const { headers } = await app.fetch(new Request(origin + path), env)
    expect(headers.get('Content-Security-Policy')).toBe(policy)
    expect(headers.get('Access-Control-Allow-Origin')).toBe('*')
    expect(headers.get('Access-Control-Expose-Headers')).toContain('ETag')
  },
)

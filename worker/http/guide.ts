/** The page `/api`: the guide to the API, whose examples use the origin that it is served from. */
import type { Handler } from 'hono'

import { respond } from './cached-response.ts'
import type { WorkerApp } from './environment.ts'
import { originOf } from './origin.ts'
import { fillPage } from './page-template.ts'

export const guidePage: Handler<WorkerApp> = (c) =>
  respond(c, {
    type: 'text/html; charset=utf-8',
    keep: 'page',
    namesOrigin: true,
    identity: 'api',
    make: () =>
      fillPage(c, '/api', {
        title: 'API',
        canonical: '/api',
        slots: { origin: originOf(c) },
      }),
  })

/**
 * `/api/health`: that the Worker is up, and which versions it runs.
 */
import type { Handler } from 'hono'

import { engines } from '#experiment/engine.ts'

import { version } from '../../package.json'
import type { App } from './environment.ts'

export const getHealth: Handler<App> = (c) =>
  c.json(
    {
      version,
      deployment: c.env.VERSION.id,
      engines: Object.fromEntries(Object.entries(engines).map(([name, engine]) => [name, engine.version])),
    },
    200,
    { 'Cache-Control': 'no-store' },
  )

/** The route `/api/health`: tells that the Worker is up, and which versions it runs. */
import type { Handler } from 'hono'
import * as z from 'zod/mini'

import { objectWithKeys } from '#experiment/result/named-schema.ts'
import { engineNames, engines } from '#experiment/spec/engine.ts'
import { cachePolicies } from '#security/cache-control.ts'

import { version } from '../../package.json'
import type { WorkerApp } from './environment.ts'

export const HealthAnswer = z.strictObject({
  version: z.string().check(z.describe('The version of the software.')),
  deployment: z.string().check(z.describe('Names the deployment: a part of every ETag.')),
  engines: objectWithKeys(engineNames, z.string()).check(z.describe('The version of each engine.')),
})

export const getHealth: Handler<WorkerApp> = (c) =>
  c.json(
    {
      version,
      deployment: c.env.VERSION.id,
      engines: Object.fromEntries(Object.entries(engines).map(([name, engine]) => [name, engine.version])),
    },
    200,
    cachePolicies.never,
  )

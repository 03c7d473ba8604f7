/** The route `/api/gradient-noise`: how much of a batch's gradient is noise, by epoch of the first run. */
import type { Handler } from 'hono'

import { withDefinitions, measuredSpec } from '#experiment/result/gradient-noise.ts'
import { digest } from '#experiment/spec/digest.ts'
import { readSpec } from '#experiment/spec/permalink.ts'
import type { NoiseCache } from '#results/measurements.ts'

import { respond } from './cached-response.ts'
import { callerOf, type WorkerApp } from './environment.ts'

export function getGradientNoise(noises: NoiseCache): Handler<WorkerApp> {
  return async (c) => {
    const spec = measuredSpec(readSpec(new URL(c.req.url).searchParams, {}, 'refuse').spec)
    return respond(c, {
      type: 'application/json',
      identity: `gradient-noise-${await digest(spec)}`,
      need: () => noises.get({ spec }, callerOf(c)),
      make: ({ value }) => JSON.stringify(withDefinitions(value)),
    })
  }
}

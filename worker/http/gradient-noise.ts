/**
 * `/api/gradient-noise`: how much of what a batch's gradient says is noise, over the first run.
 */
import type { Handler } from 'hono'

import { digest } from '#experiment/digest.ts'
import { defined, measuredSpec } from '#experiment/gradient-noise.ts'
import { readSpec } from '#experiment/permalink.ts'
import type { Noises } from '#results/measurements.ts'

import { callerOf, type App } from './environment.ts'
import { represent } from './representation.ts'

export function getGradientNoise(noises: Noises): Handler<App> {
  return async (c) => {
    const spec = measuredSpec(readSpec(new URL(c.req.url).searchParams, {}, 'refuse').spec)
    return represent(c, {
      type: 'application/json',
      identity: `gradient-noise-${await digest(spec)}`,
      need: () => noises.get(spec, callerOf(c)),
      make: ({ value }) => JSON.stringify(defined(value)),
    })
  }
}

/**
 * `/cards/experiment.png`: what shows up where a permalink is shared.
 */
import type { Handler } from 'hono'

import { headingOf } from '#charts/heading.ts'
import { digest } from '#experiment/digest.ts'
import { readSpec } from '#experiment/permalink.ts'
import type { Results } from '#results/results.ts'

import { sizeOfOne } from './assemblies.ts'
import { callerOf, type App } from './environment.ts'
import { resultOf } from './pieces.ts'
import { represent } from './representation.ts'

/** Where the cards are. */
export const cardPath = '/cards/experiment.png'
/** The most runs that are drawn one by one. */
const mostHistories = 30

export function experimentCard(results: Results): Handler<App> {
  return async (c) => {
    const { spec } = readSpec(new URL(c.req.url).searchParams, {}, 'refuse')
    return represent(c, {
      type: 'image/png',
      identity: `card-${await digest(spec)}`,
      size: sizeOfOne([spec], { histories: mostHistories }),
      need: () => results.get(spec, callerOf(c)),
      make: async (outcome) => {
        const result = await resultOf(spec, outcome, { histories: mostHistories })
        // Letters and renderer are loaded by the first card: nothing else waits for them.
        const { drawCard } = await import('#cards/draw.tsx')
        return drawCard({ title: headingOf(spec), results: [result] })
      },
    })
  }
}

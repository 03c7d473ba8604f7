/** The route `/cards/experiment.png`: the image that link previews of a permalink show. */
import type { Handler } from 'hono'

import { headingOf } from '#charts/text/heading.ts'
import { digest } from '#experiment/spec/digest.ts'
import { readSpec } from '#experiment/spec/permalink.ts'
import type { Results } from '#results/results.ts'

import { sizeOfOne } from './assembly-memory.ts'
import { respond } from './cached-response.ts'
import { deriveYielding } from './chunked-json.ts'
import { callerOf, type WorkerApp } from './environment.ts'

/** The path of the cards. */
export const cardPath = '/cards/experiment.png'
/** The most runs that are drawn individually. */
const mostHistories = 30

export function experimentCard(results: Results): Handler<WorkerApp> {
  return async (c) => {
    const { spec } = readSpec(new URL(c.req.url).searchParams, {}, 'refuse')
    return respond(c, {
      type: 'image/png',
      identity: `card-${await digest(spec)}`,
      size: sizeOfOne([spec], { histories: mostHistories }),
      need: () => results.get(spec, callerOf(c)),
      make: async (outcome) => {
        const result = await deriveYielding(spec, outcome, { histories: mostHistories })
        // Glyph outlines and renderer are loaded by the first card, so that no other route waits for them.
        const { drawCard } = await import('#cards/draw.tsx')
        return drawCard({ title: headingOf(spec), results: [result] })
      },
    })
  }
}

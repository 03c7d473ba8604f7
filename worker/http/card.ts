/** The route `/cards/experiment.png`: the image that link previews of a permalink show. */
import type { Handler } from 'hono'

import { sides, type Side } from '#charts/sides.ts'
import { headingOf } from '#charts/text/heading.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'
import { digest } from '#experiment/spec/digest.ts'
import { choice } from '#experiment/spec/fields.ts'
import { readSpec } from '#experiment/spec/permalink.ts'
import { pinField, readPin } from '#experiment/spec/pin.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { nameBeside } from '#playground-view/comparison-text.ts'
import type { Results } from '#results/results.ts'

import { sizeOfOne } from './assembly-memory.ts'
import { respond } from './cached-response.ts'
import { deriveYielding } from './chunked-json.ts'
import { callerOf, type WorkerApp } from './environment.ts'

/** The path of the cards. */
export const cardPath = '/cards/experiment.png'
/** The most runs that are drawn individually. */
const mostHistories = 30

/** The view keys of a card: the other experiment of a comparison. */
export const cardView = { pin: pinField, side: choice('side', sides) }

export function experimentCard(results: Results): Handler<WorkerApp> {
  return async (c) => {
    const { spec, view } = readSpec(new URL(c.req.url).searchParams, cardView, 'refuse')
    const pinned = view.pin === undefined ? undefined : readPin(view.pin, spec)
    const specs = inOrder([spec, pinned], view.side)
    return respond(c, {
      type: 'image/png',
      identity: ['card', ...(await Promise.all(specs.map(digest)))].join('-'),
      size: sizeOfOne(specs, { histories: mostHistories }),
      need: async () => {
        const outcomes = []
        for (const one of specs) outcomes.push(await results.get(one, callerOf(c)))
        return { outcomes, source: outcomes[0]!.source }
      },
      make: async ({ outcomes }) => {
        const derived = []
        for (const [index, one] of specs.entries())
          derived.push(await deriveYielding(one, outcomes[index]!, { histories: mostHistories }))
        // Glyph outlines and renderer are loaded by the first card, so that no other route waits for them.
        const { drawCard } = await import('#cards/draw.tsx')
        return drawCard({ title: titleOf(specs), results: derived as [ExperimentResult, ...ExperimentResult[]] })
      },
    })
  }
}

/** The experiments of a card: A and B of a comparison, or one. */
function inOrder([spec, pinned]: [ExperimentSpec, ExperimentSpec | undefined], side: Side = 'B'): ExperimentSpec[] {
  if (!pinned) return [spec]
  return side === 'A' ? [spec, pinned] : [pinned, spec]
}

/** The title of a card: `Batch size 32 and batch size 4`. */
function titleOf([first, second]: readonly ExperimentSpec[]): string {
  if (!first || !second) return headingOf(first!)
  const words = `${nameBeside(first, second)} and ${nameBeside(second, first)}`
  return words.charAt(0).toUpperCase() + words.slice(1)
}

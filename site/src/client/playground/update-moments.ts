/** The updates of a run that slow motion begins with: the first, the one at the cursor, and that of the worst drop. */
import { decimal, wholeNumber } from '#charts/text/format.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'
import { averagedEpochs } from '#experiment/result/window.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { stepsPerEpoch, updates, updatesAfter } from '#experiment/spec/training-size.ts'
import type { RunPosition } from '#playground-view/run-position.ts'

/** The largest fall of the test accuracy from one epoch to the next, over the last quarter of the epochs. */
export interface WorstDrop {
  /** The epoch during which it fell, counted from 1. */
  epoch: number
  from: number
  to: number
}

/** The worst drop of the first run; undefined if its test accuracy never falls in the last quarter, or is not known. */
export function worstDropOf({ spec, runs: [run] }: Pick<ExperimentResult, 'spec' | 'runs'>): WorstDrop | undefined {
  const accuracies = run?.history?.testAccuracy
  if (!accuracies) return undefined
  let worst: WorstDrop | undefined
  for (let epoch = Math.max(2, spec.epochs - averagedEpochs(spec) + 1); epoch <= spec.epochs; epoch++) {
    const [from, to] = [accuracies[epoch - 2] ?? null, accuracies[epoch - 1] ?? null]
    if (from === null || to === null || to >= from) continue
    if (!worst || from - to > worst.from - worst.to) worst = { epoch, from, to }
  }
  return worst
}

/** The drop in words: `In epoch 173, the test accuracy fell from 0.842 to 0.803.` */
export function dropInWords({ epoch, from, to }: WorstDrop): string {
  return `In epoch ${epoch}, the test accuracy fell from ${decimal(from)} to ${decimal(to)}.`
}

/** Where slow motion can begin. */
export const origins = ['first', 'drop', 'cursor'] as const
export type Origin = (typeof origins)[number]

/**
 * The number of updates before the one that slow motion begins with.
 *
 * @param place the cursor; at the end of the run it is the last update
 */
export function updatesBefore(
  spec: ExperimentSpec,
  origin: Origin,
  { drop, place }: { drop: WorstDrop | undefined; place: RunPosition },
): number {
  if (origin === 'drop' && drop) return updatesAfter(spec, drop.epoch - 1)
  if (origin === 'cursor') return Math.min(updates(spec) - 1, updatesAfter(spec, place.epoch) + place.step)
  return 0
}

/** The update after a moment in words: `update 3 of 16 in epoch 1`. */
export function updateInWords(spec: ExperimentSpec, { epoch, step }: RunPosition): string {
  const all = stepsPerEpoch(spec, epoch)
  return all === 1
    ? `the only update of epoch ${epoch + 1}`
    : `update ${wholeNumber(step + 1)} of ${wholeNumber(all)} in epoch ${epoch + 1}`
}

/**
 * Checks the kernel: the Worker trains the same experiment with a stock TensorFlow.js model, and the difference of the two
 * results is put into words.
 */
import { decimal } from '#charts/text/format.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'
import { excessOf } from '#experiment/spec/budget.ts'
import { specQuery } from '#experiment/spec/permalink.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { ownDataInWords } from '#playground-view/own-data-note.tsx'

import { request, requestResult } from '../request.ts'
import { watchTraining } from '../watch-training.ts'

const stockOf = (spec: ExperimentSpec): ExperimentSpec => ({ ...spec, engine: 'layers' })

/** Why an experiment cannot be checked, in words; undefined where it can. */
export function whyUnchecked(spec: ExperimentSpec): string | undefined {
  if (spec.dataset === 'own') return ownDataInWords
  const excess = excessOf(stockOf(spec))
  if (!excess) return undefined
  const fits = excess.fits.map(({ field, most }) => `up to ${most} ${most === 1 ? field.slice(0, -1) : field}`)
  return `Stock TensorFlow.js is slow: this is ${excess.times.toPrecision(2)} times what the Worker lets it do. It can check ${fits.join(', or ') || 'fewer steps'}.`
}

interface Following {
  signal: AbortSignal
  /** Called with how far it is, a share from 0 to 1, and in words. */
  onProgress: (done: number, words: string) => void
}

/**
 * Asks the Worker for the experiment by stock TensorFlow.js.
 *
 * @throws Failure with words for the reader; the signal's reason when it aborts
 */
export async function askStock(
  spec: ExperimentSpec,
  { signal, onProgress }: Following,
  ask = request,
  follow = watchTraining,
): Promise<ExperimentResult> {
  const query = specQuery(stockOf(spec))
  const { result } = await requestResult(
    query,
    spec.seeds,
    {
      isFresh: false,
      signal,
      onWait: (seconds) => onProgress(0, `the Worker is busy, asking again in ${seconds} s`),
      onSend: () => follow(String(query), spec.seeds, onProgress),
    },
    ask,
  )
  return result
}

/** The test accuracy by epoch that a picture shows as the main line. */
function lineOf({ curves, runs }: ExperimentResult): readonly (number | null)[] {
  return curves?.testAccuracy.mean ?? runs[0]?.history?.testAccuracy ?? []
}

/** How far both are apart, in words. */
export function stockDifferenceText(ours: ExperimentResult, stock: ExperimentResult): string {
  const [own, other] = [lineOf(ours), lineOf(stock)]
  const gaps = own.flatMap((value, epoch) => {
    const beside = other[epoch] ?? null
    return value === null || beside === null ? [] : [Math.abs(value - beside)]
  })
  const diverged = [ours, stock].map(({ summary }) => summary.diverged)
  if (gaps.length === 0)
    return `Of ${ours.runs.length} runs ${diverged[1]} diverged with stock TensorFlow.js, and ${diverged[0]} here: there are no epochs to compare.`
  const mean = stock.curves ? 'mean test accuracy' : 'test accuracy'
  const most = Math.max(...gaps)
  if (most === 0) return `Stock TensorFlow.js has the same ${mean} after every epoch.`
  const average = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
  const first = gaps.findIndex((gap) => gap > 0)
  const equal = first > 0 ? ` It is equal for ${first === 1 ? 'the first epoch' : `the first ${first} epochs`}.` : ''
  return (
    `Stock TensorFlow.js ends at a ${mean} of ${decimal(other.at(-1) ?? null)}, the kernel at ${decimal(own.at(-1) ?? null)}. ` +
    `After an epoch they are ${decimal(average, 4)} apart on average, and ${decimal(most)} at most.${equal} ` +
    'Both start from the same weights and see the same rows; they round differently, and a training magnifies that.'
  )
}

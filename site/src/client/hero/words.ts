/**
 * Texts of the first screen about an experiment that is trained in the browser: its settings, its numbers, and a remark on
 * its first run.
 */
import { decimal, digitsOf } from '#charts/text/format.ts'
import type { Run, Summary } from '#experiment/result/result.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { epochsTo80 } from '#playground-view/epochs-to-80.ts'

/** The first epoch with a test accuracy of 0.80: of several runs the median. */
export function epochsOf(summary: Summary): string {
  return summary.epochsTo80.quartiles[1] === null ? 'not reached' : epochsTo80(summary)
}

/** The instability: of several runs the mean. */
export function instabilityOf({ diverged, runs, instability }: Summary): string {
  return diverged === runs ? 'diverged' : decimal(instability.mean, digitsOf.instability)
}

/** A run in a sentence: whether it diverged, when it got to 0.80, whether it is done. */
export function remarkOn({ diverged, epochsTo80: reached, stillLearning }: Run): string {
  if (diverged) return 'Too bold: its numbers grow without end.'
  if (reached === null) return stillLearning ? 'Not there yet: it is still learning.' : 'It never gets to 0.80.'
  const first = reached === 1 ? 'At 0.80 after a single epoch' : `At 0.80 after ${reached} epochs`
  return stillLearning ? `${first}, and still learning at the end.` : `${first}.`
}

/** What the numbers are of: a run, or those of the seeds that are over. */
export function sourceOf({ seed, seeds }: ExperimentSpec, runs: number): string {
  if (runs === 1) return `Curves and numbers are one run, with seed ${seed}.`
  const stand = runs < seeds ? `${runs} of ${seeds}` : String(runs)
  return `The curves are one run; the numbers stand for ${stand} seeds.`
}

/** The settings of an experiment of the first screen. */
export function settingsText({ batchSize, learningRate }: ExperimentSpec): string {
  return `${batchSize === 'full' ? 'the full batch' : `batch size ${batchSize}`}, learning rate ${learningRate}`
}

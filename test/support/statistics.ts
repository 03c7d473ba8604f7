/** Whether a sample of runs comes from the same distribution as the reference runs. */
import { mean, sampleDeviation } from '#experiment/result/statistics.ts'

interface Distribution {
  mean: number
  sd: number
}

/** How many standard errors of the difference the mean of a sample lies from the mean of the reference's 200 seeds. */
export function standardErrors(sample: readonly number[], reference: Distribution): number {
  return Math.abs(mean(sample) - reference.mean) / (reference.sd * Math.sqrt(1 / sample.length + 1 / 200))
}

/** The ratio of the standard deviations. */
export function deviationRatio(sample: readonly number[], reference: Distribution): number {
  return sampleDeviation(sample) / reference.sd
}

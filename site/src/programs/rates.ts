/**
 * How a spec's learning rate changes, as the programs need it: by updates, counted from 0, since that is what a library's
 * schedule is asked with.
 */
import { learningRateChanges } from '#experiment/spec/schedule.ts'
import { updates, updatesAfter, type ExperimentSpec } from '#experiment/spec/spec.ts'
import { curveFor, type CurveName } from '#methods/curves.ts'

/** A learning rate from an update on. */
interface Change {
  epoch: number
  update: number
  rate: number
}

interface Rates {
  /** Whether it changes at all. */
  isConstant: boolean
  /** The first learning rate. */
  rate: number
  /** Those that follow it; none with a curve. */
  changes: Change[]
  /** Updates of the warmup, 0 without one. */
  warmup: number
  /** What the rate follows after the warmup. */
  curve: CurveName
  /** Updates of the curve: from its whole rate to 0. */
  span: number
}

/** The learning rates of a spec. */
export function ratesOf(spec: ExperimentSpec): Rates {
  const { learningRate, learningRateSchedule, warmup } = spec
  const warmupUpdates = updatesAfter(spec, warmup)
  return {
    isConstant: learningRateSchedule === 'constant' && warmup === 0,
    rate: learningRate,
    changes: learningRateChanges(spec).map(({ epoch, value }) => ({
      epoch,
      update: updatesAfter(spec, epoch),
      rate: value,
    })),
    warmup: warmupUpdates,
    curve: curveFor(learningRateSchedule),
    span: updates(spec) - warmupUpdates,
  }
}

/** The number of an update within the curve. */
export function sinceWarmup({ warmup }: Rates): string {
  return warmup > 0 ? `(update - ${warmup})` : 'update'
}

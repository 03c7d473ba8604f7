/** A spec's learning rate in terms of updates counted from 0, which is what the schedules of libraries take. */
import { learningRateChanges } from '#experiment/spec/schedule.ts'
import { updates, updatesAfter, type ExperimentSpec } from '#experiment/spec/spec.ts'
import { curveFor, type CurveName } from '#methods/curves.ts'

/** A learning rate that holds from an update on. */
interface Change {
  epoch: number
  update: number
  rate: number
}

interface Rates {
  /** Whether the learning rate is constant. */
  isConstant: boolean
  /** The first learning rate. */
  rate: number
  /** The later learning rates; empty with a curve. */
  changes: Change[]
  /** The updates of the warmup; 0 without one. */
  warmup: number
  /** The curve that the learning rate follows after the warmup. */
  curve: CurveName
  /** The updates of the curve, from the full learning rate to 0. */
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

/** The number of an update within the curve, as an expression. */
export function sinceWarmup({ warmup }: Rates): string {
  return warmup > 0 ? `(update - ${warmup})` : 'update'
}

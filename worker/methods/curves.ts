/**
 * The curves that a learning rate can follow after its warmup, by name, one object each. A schedule that lists changes,
 * such as `50:0.001`, follows no curve: it is constant between its changes.
 *
 * Sources: Keras 3, `PolynomialDecay` of power 1 and `CosineDecay`, both to 0, with the number of the update as their
 * step.
 */
import { cosine } from './cosine.ts'
import { namesOf } from './names.ts'

interface Curve {
  /** Its code in the kernel, see `training/fused/kernel/schedule.ts`. */
  kernelCode: number
  /** The factor of the learning rate after a fraction of the way, 0 to 1. */
  factor: (share: number) => number
}

export const curves = {
  constant: { kernelCode: 0, factor: () => 1 },
  linear: { kernelCode: 1, factor: (share) => 1 - share },
  cosine: { kernelCode: 2, factor: (share) => 0.5 * (1 + cosine(share)) },
} as const satisfies Record<string, Curve>

export type CurveName = keyof typeof curves
/** The names; the first is the default. */
export const curveNames = namesOf(curves)

/**
 * The curve of a learning rate schedule: the named one, or constant if the schedule lists changes.
 *
 * @throws Error if there is no such curve
 */
export function curveFor(learningRateSchedule: string): CurveName {
  if (learningRateSchedule.includes(':')) return 'constant'
  const name = curveNames.find((one) => one === learningRateSchedule)
  if (!name) throw new Error(`no such learning rate schedule: ${learningRateSchedule}`)
  return name
}

/**
 * The activations of hidden units by name, one object each.
 */
import { namesOf } from './names.ts'

interface Activation {
  /** Its code in the kernel: `training/fused/kernel/math.ts`. */
  kernelCode: number
  /** Operations of one unit; a ReLU is nearly free. */
  cost: number
  /** The value of a unit's sum z, in float64: the reference's. */
  value: (z: number) => number
  /** The derivative, by the value a that the activation gave. */
  slope: (a: number) => number
}

export const activations = {
  relu: { kernelCode: 0, cost: 0, value: (z) => Math.max(0, z), slope: (a) => (a > 0 ? 1 : 0) },
  tanh: { kernelCode: 1, cost: 25, value: Math.tanh, slope: (a) => 1 - a * a },
  sigmoid: { kernelCode: 2, cost: 25, value: (z) => 1 / (1 + Math.exp(-z)), slope: (a) => a * (1 - a) },
} as const satisfies Record<string, Activation>

/** The names; the first is the default. */
export const activationNames = namesOf(activations)

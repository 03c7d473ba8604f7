/**
 * The activation functions of hidden units by name, one object each with kernel code and cost. Their values and
 * derivatives are in `training/fused/kernel/math.ts` and in the tests' reference implementation.
 */
import { namesOf } from './names.ts'

interface Activation {
  kernelCode: number
  /** Operations per unit; a ReLU is nearly free. */
  cost: number
}

export const activations = {
  relu: { kernelCode: 0, cost: 0 },
  tanh: { kernelCode: 1, cost: 25 },
  sigmoid: { kernelCode: 2, cost: 25 },
} as const satisfies Record<string, Activation>

/** The names; the first is the default. */
export const activationNames = namesOf(activations)

/**
 * The activations of hidden units by name, one object each: their code in the kernel and what they cost. Their values and
 * derivatives are in `training/fused/kernel/math.ts`, and in the tests' reference.
 */
import { namesOf } from './names.ts'

interface Activation {
  kernelCode: number
  /** Operations of one unit; a ReLU is nearly free. */
  cost: number
}

export const activations = {
  relu: { kernelCode: 0, cost: 0 },
  tanh: { kernelCode: 1, cost: 25 },
  sigmoid: { kernelCode: 2, cost: 25 },
} as const satisfies Record<string, Activation>

/** The names; the first is the default. */
export const activationNames = namesOf(activations)

/**
 * The optimizers by the name that a query gives them. An optimizer is one object in a file of its own beside this one and
 * a row here; see CONTRIBUTING for the rest.
 */
import { namesOf, titlesOf } from '../names.ts'
import { adam } from './adam.ts'
import { nesterov } from './nesterov.ts'
import type { Optimizer } from './optimizer.ts'
import { rmsprop } from './rmsprop.ts'
import { sgd } from './sgd.ts'

export const optimizers = { sgd, nesterov, rmsprop, adam } as const satisfies Record<string, Optimizer>

export type OptimizerName = keyof typeof optimizers
/** The names; the first is the default. */
export const optimizerNames = namesOf(optimizers)
/** What people call them. */
export const optimizerTitles = titlesOf(optimizers)

/**
 * The pin: the experiment that another one is compared with. A query holds it in the key `pin`, whose value is the
 * query of the pinned experiment's permalink.
 */
import * as z from 'zod/mini'

import { shareOfBudget } from './budget.ts'
import { mostSeeds } from './canonical-spec.ts'
import { fieldError, InvalidQuery } from './errors.ts'
import { about } from './fields.ts'
import { readSpec } from './permalink.ts'
import type { ExperimentSpec } from './spec.ts'

/** The query field of the pin. */
export const pinField = z.string().register(about, {
  title: 'pinned experiment',
  description: 'the query of another experiment, percent-encoded, as batchSize%3Dfull%26seeds%3D30',
})

/**
 * The spec of the pinned experiment.
 *
 * @param pin its query, decoded: `batchSize=full&seeds=30`
 * @param spec the experiment that it is compared with. Both together must fit one budget, and they must share a seed.
 * @throws InvalidQuery that names `pin` and, within it, every invalid field
 */
export function readPin(pin: string, spec: ExperimentSpec): ExperimentSpec {
  const pinned = specOfPin(pin)
  const [last, lastPinned] = [spec, pinned].map(({ seed, seeds }) => seed + seeds - 1) as [number, number]
  if (pinned.seed > last || lastPinned < spec.seed)
    throw invalidPin(`seed=${pinned.seed}`, `a seed of the runs that it is compared with, ${spec.seed} to ${last}`)
  const share = shareOfBudget([spec, pinned])
  if (share > 1)
    throw invalidPin(pin, `less work: the two experiments together are ${share.toPrecision(3)} times the budget`)
  return pinned
}

/**
 * The pinned experiment with the seeds of the experiment that is shown, so that every run has its pair. The playground
 * compares this way. The result has fewer seeds only if its epochs do not allow as many.
 */
export function withSeedsOf(pin: ExperimentSpec, { seed, seeds }: ExperimentSpec): ExperimentSpec {
  const most = Math.min(seeds, mostSeeds(pin.epochs))
  return pin.seed === seed && pin.seeds === most ? pin : { ...pin, seed, seeds: most }
}

const invalidPin = (value: string, expected: string) => new InvalidQuery(422, [fieldError('pin', value, expected)])

function specOfPin(pin: string): ExperimentSpec {
  try {
    return readSpec(new URLSearchParams(pin), {}, 'refuse').spec
  } catch (error) {
    if (!(error instanceof InvalidQuery)) throw error
    throw new InvalidQuery(
      error.status,
      error.errors.map(({ field, value, expected }) => fieldError('pin', `${field}=${value}`, `${field}: ${expected}`)),
    )
  }
}

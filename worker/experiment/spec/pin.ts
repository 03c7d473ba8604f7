/**
 * The pin: the experiment that another is compared with, as the query of its permalink in one value of another query.
 */
import * as z from 'zod/mini'

import { shareOfBudget } from './budget.ts'
import { mostSeeds } from './canonical-spec.ts'
import { fieldError, InvalidQuery } from './errors.ts'
import { about } from './fields.ts'
import { readSpec } from './permalink.ts'
import type { ExperimentSpec } from './spec.ts'

/** The field that holds it. */
export const pinField = z.string().register(about, {
  title: 'pinned experiment',
  description: 'the query of another experiment, percent-encoded, as batchSize%3Dfull%26seeds%3D30',
})

/**
 * The spec of the experiment that a pin names.
 *
 * @param pin a query, decoded: `batchSize=full&seeds=30`
 * @param spec the experiment that it is compared with: both must fit in one budget, and share a seed
 * @throws InvalidQuery that names `pin`, and in it every field that is wrong
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
 * A pinned experiment for the seeds of the one that is shown, so that every run has its pair. The playground compares so;
 * it has fewer seeds only where its epochs allow no more.
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

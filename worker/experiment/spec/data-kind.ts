/** What can be asked of a dataset: a picture of the plane only of two features, fresh examples only of what is drawn. */
import { datasetsInWords, limitsOf } from '#methods/datasets.ts'

export { isAvailable } from '#methods/datasets.ts'

import { fieldError, InvalidQuery } from './errors.ts'
import { listQueryText, withQuery } from './query-text.ts'
import { specQuery } from './spec-query.ts'
import type { ExperimentSpec } from './spec.ts'

/** Whether the examples of a spec are points in the plane. */
export function isInPlane(spec: Pick<ExperimentSpec, 'dataset' | 'data'>): boolean {
  return limitsOf(spec).features === 2
}

/**
 * The spec of the single run whose boundary is drawn: other seeds would give the same boundary under another identity.
 *
 * @throws InvalidQuery (422) that names what shows other data, if the examples are no points in the plane
 */
export function boundarySpec(requested: ExperimentSpec): ExperimentSpec {
  const spec = { ...requested, seeds: 1 }
  if (isInPlane(spec)) return spec
  const { features } = limitsOf(spec)
  throw new InvalidQuery(422, [
    fieldError(
      'dataset',
      spec.dataset,
      `one with two features, ${datasetsInWords((limits) => limits.features === 2)}, because this shows the plane: ` +
        `${spec.dataset} has ${features} (see /charts/scatter.svg, which shows the first two principal components)`,
    ),
  ])
}

/** The seeds that are proposed for the spread over splits. */
const splitSeeds = '0,1,2,3,4'

/**
 * Checks that fresh examples can be drawn of a spec's dataset.
 *
 * @throws InvalidQuery (422) with the address of a sweep over splits of the table
 */
export function requireFresh(spec: ExperimentSpec): void {
  if (!limitsOf(spec).isTable) return
  const query = specQuery(spec)
  query.set('datasetSeed', splitSeeds)
  query.sort()
  throw new InvalidQuery(422, [
    fieldError(
      'dataset',
      spec.dataset,
      `${datasetsInWords(({ isTable }) => !isTable)}: there is no law to draw fresh examples of a table from ` +
        `(the spread over splits says how far the test half decides: ${withQuery('/api/sweep', listQueryText(query))})`,
    ),
  ])
}

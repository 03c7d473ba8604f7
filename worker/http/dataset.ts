/** The route `/api/dataset`: the examples of an experiment's dataset, raw in float64 and as inputs of the network. */
import type { Handler } from 'hono'

import { labeledInputs } from '#datasets/labeled-points.ts'
import { datasetOf } from '#datasets/split.ts'
import { digest } from '#experiment/spec/digest.ts'
import { readSpec } from '#experiment/spec/permalink.ts'

import { respond } from './cached-response.ts'
import type { WorkerApp } from './environment.ts'
import { memoizeQuery } from './query-cache.ts'

export function getDataset(): Handler<WorkerApp> {
  const questionOf = memoizeQuery(async (query) => {
    const { spec } = readSpec(query, {}, 'refuse')
    return { spec, identity: `dataset-${await digest(spec)}` }
  })
  return async (c) => {
    const { spec, identity } = await questionOf(c.req.url)
    return respond(c, {
      type: 'application/json',
      identity,
      isKeptCompressed: true,
      make: () => JSON.stringify(labeledInputs(datasetOf(spec))),
    })
  }
}

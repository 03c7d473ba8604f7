/**
 * `/api/dataset`: the points of an experiment, in float64.
 */
import type { Handler } from 'hono'

import { labeledPoints } from '#dataset/labeled-points.ts'
import { datasetOf } from '#dataset/split.ts'
import { digest } from '#experiment/digest.ts'
import { readSpec } from '#experiment/permalink.ts'

import type { App } from './environment.ts'
import { represent } from './representation.ts'

export const getDataset: Handler<App> = async (c) => {
  const { spec } = readSpec(new URL(c.req.url).searchParams, {}, 'refuse')
  return represent(c, {
    type: 'application/json',
    identity: `dataset-${await digest(spec)}`,
    make: () => JSON.stringify(labeledPoints(datasetOf(spec))),
  })
}

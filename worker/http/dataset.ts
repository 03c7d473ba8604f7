/**
 * `/api/dataset`: the points of an experiment, in float64.
 */
import type { Handler } from 'hono'

import { makeDataset } from '#dataset/dataset.ts'
import { digest } from '#experiment/digest.ts'
import { readSpec } from '#experiment/permalink.ts'

import type { App } from './environment.ts'
import { represent } from './representation.ts'

export const getDataset: Handler<App> = async (c) => {
  const { spec } = readSpec(new URL(c.req.url).searchParams, {}, 'refuse')
  return represent(c, {
    type: 'application/json',
    identity: `dataset-${await digest(spec)}`,
    make: async () => {
      const { coordinates, labels, trainExamples, centers } = makeDataset(spec)
      const points = Array.from(labels, (_, row) => [coordinates[2 * row], coordinates[2 * row + 1]])
      return { body: JSON.stringify({ points, labels: Array.from(labels), trainExamples, centers }) }
    },
  })
}

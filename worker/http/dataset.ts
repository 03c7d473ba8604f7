/**
 * `/api/dataset`: the points of an experiment, in float64.
 */
import type { Handler } from 'hono'
import * as z from 'zod/mini'

import { makeDataset } from '#dataset/dataset.ts'
import { digest } from '#experiment/digest.ts'
import { readSpec } from '#experiment/permalink.ts'

import type { App } from './environment.ts'
import { represent } from './representation.ts'

const Point = z.tuple([z.number(), z.number()])

export const DatasetAnswer = z.strictObject({
  points: z.array(Point).check(z.describe('x and y of each example, in float64.')),
  labels: z.array(z.int().check(z.minimum(0))).check(z.describe('The class of each example.')),
  trainExamples: z.int().check(z.minimum(1), z.describe('So many examples, from the first, train; the rest test.')),
  centers: z.optional(z.array(Point).check(z.describe('Where the clusters of blobs were drawn around.'))),
})

export const getDataset: Handler<App> = async (c) => {
  const { spec } = readSpec(new URL(c.req.url).searchParams, {}, 'refuse')
  return represent(c, {
    type: 'application/json',
    identity: `dataset-${await digest(spec)}`,
    make: async () => {
      const { coordinates, labels, trainExamples, centers } = makeDataset(spec)
      const points = Array.from(
        labels,
        (_, row) => [coordinates[2 * row]!, coordinates[2 * row + 1]!] satisfies z.output<typeof Point>,
      )
      const answer: z.input<typeof DatasetAnswer> = { points, labels: Array.from(labels), trainExamples, centers }
      return { body: JSON.stringify(answer) }
    },
  })
}

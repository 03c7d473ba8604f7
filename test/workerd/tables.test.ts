/** The tables in a Worker, where they are modules of its bundle. */
import { expect, it } from 'vitest'

import { tableOf } from '#datasets/table.ts'
import { datasetNames, datasets, isTable } from '#methods/datasets.ts'

it.each(datasetNames.filter(isTable))('%s is there at once, with every number', (name) => {
  const { coordinates, labels, featureNames, classNames } = tableOf(name)
  const { examples, features, classes } = datasets[name]
  expect([labels.length, featureNames.length, classNames.length]).toEqual([examples, features, classes])
  expect(coordinates).toHaveLength(examples * features)
  expect(coordinates.every(Number.isFinite)).toBe(true)
})

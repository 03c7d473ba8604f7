/** What charts call themselves and what they show, and the lines that they draw for comparison. */
import { renderToString } from 'preact-render-to-string'
import { expect, it } from 'vitest'

import { ChartOf, type ChartName } from '#charts/drawing.tsx'
import { titleOf } from '#charts/text/experiment-names.ts'
import { completeView, type View } from '#charts/view.ts'
import type { PartialSpec } from '#experiment/spec/spec.ts'

import { drawingOf } from '../../support/drawings.ts'
import { readSvg } from '../../support/svg.ts'

const size = { width: 720, height: 400 }

async function svgOf(chart: ChartName, given: readonly PartialSpec[], view: Partial<View> = {}): Promise<string> {
  const drawing = await drawingOf(chart, given, view)
  return renderToString(<ChartOf drawing={drawing} {...size} isFile />)
}

const named = (svg: string) => [/<title>(.*?)<\/title>/.exec(svg)?.[1], /<desc>(.*?)<\/desc>/.exec(svg)?.[1]]

it('draws the accuracy of the nearest true center only where it holds for all that is shown', async () => {
  const epochs = 50
  expect(
    await svgOf(
      'sweep',
      [2, 4, 8].map((noise) => ({ noise, epochs })),
    ),
  ).not.toContain('nearest true center')
  expect(await svgOf('sweep', [{ epochs }, { epochs, dataset: 'moons' }])).not.toContain('guessing')
  expect(
    await svgOf(
      'sweep',
      [4, 8].map((batchSize) => ({ batchSize, epochs })),
    ),
  ).toContain('nearest true center 0.84')
})

it('draws datasets as one line of three settings', async () => {
  const svg = await svgOf(
    'sweep',
    (['blobs', 'moons', 'circles'] as const).map((dataset) => ({ dataset, epochs: 50 })),
  )
  const { texts, paths } = readSvg(svg)
  expect(texts.map(({ text }) => text)).toEqual(expect.arrayContaining(['blobs', 'moons', 'circles', 'dataset']))
  expect(svg).not.toContain('classes')
  // One line in each of two panels.
  expect(paths.filter(({ points, classes }) => points.length === 3 && classes.endsWith(' line'))).toHaveLength(2)
})

it('puts the full batch at the number of its rows, which may differ by line', async () => {
  const svg = await svgOf('sweep', [
    { batchSize: 100, examples: 400, epochs: 40 },
    { batchSize: 'full', examples: 400, epochs: 40 },
    { batchSize: 100, examples: 2000, epochs: 40 },
    { batchSize: 'full', examples: 2000, epochs: 40 },
  ])
  expect(readSvg(svg).texts.filter(({ text }) => text === 'full').length).toBe(4)
})

it('calls a chart of losses by its name, and says what losses came of it', async () => {
  const view = { metric: 'loss', train: 'running' } as const
  const [title, description] = named(await svgOf('learning-curves', [{ epochs: 40 }], view))
  expect(title).toBe('Running train and test loss, batch size 32, learning rate 0.01, 40 epochs')
  expect(description).toMatch(/^Test loss ends at 0\.\d{3}, train loss at 0\.\d{3}\.$/)
  const [several, which] = named(await svgOf('small-multiples', [{ batchSize: 4 }, {}], view))
  expect(several).toBe('Running train and test loss on the same axes by batch size')
  expect(which).toMatch(/^Test loss ends lowest with batch size \d+/)
})

it('names in a title what differs from the tutorial, so that no two experiments have the same', async () => {
  const title = async (spec: PartialSpec) => {
    const { results } = await drawingOf('learning-curves', [spec])
    return titleOf(results[0], completeView())
  }
  expect(await title({})).toBe('Train and test accuracy, batch size 32, learning rate 0.01, 200 epochs')
  expect(await title({ dataset: 'moons', epochs: 1 })).toBe(
    'Train and test accuracy, batch size 32, learning rate 0.01, 1 epoch, dataset moons',
  )
  expect(await title({ hiddenUnits: 'none', momentum: 0, noise: 5, epochs: 2, seeds: 3, shuffle: false })).toBe(
    'Train and test accuracy, batch size 32, learning rate 0.01, 2 epochs, no hidden layer, momentum 0, noise 5, 3 seeds, not shuffled',
  )
})

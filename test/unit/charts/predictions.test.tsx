/** Charts of a run's predictions for test examples: scatter, confusion and restless. */
import { renderToString } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'

import { classInWords, classNamesOf, planeExamples } from '#charts/axes/labeled-examples.ts'
import { ChartOf, explorerOf, heightOf, takeawayOf, type Drawing } from '#charts/drawing.tsx'
import { extremeFeatures } from '#charts/marks/restless-cards.tsx'
import { arePictures } from '#charts/marks/small-picture.tsx'
import { confusionCounts, examplesOfHalf } from '#charts/text/takeaway-of-predictions.ts'
import type { Churn } from '#experiment/result/churn.ts'

import { drawingOf } from '../../support/drawings.ts'
import { days, longNames, madeChurn, pictures, tableDrawing } from '../../support/made-tables.ts'
import { readSvg } from '../../support/svg.ts'

const svgOf = (drawing: Drawing, width = 640, cursor?: number) =>
  renderToString(<ChartOf drawing={drawing} width={width} height={heightOf(drawing, width)} cursor={cursor} />)
const explored = (drawing: Drawing, width = 640) => explorerOf(drawing, { width, height: heightOf(drawing, width) })

/** Six test examples in two classes: two of class 0 and one of class 1 are predicted wrong. */
const few = {
  testExamples: 6,
  diverged: false,
  mean: 1 / 15,
  epochs: [31, 40],
  share: [0, 0.5, 0, 0, 0, 0, 0, 0, 0, 1 / 6],
  labels: [0, 0, 0, 0, 1, 1],
  predicted: [0, 1, 1, 0, 1, 0],
  changes: [0, 3, 1, 0, 0, 0],
  restless: [
    { example: 1, label: 0, changes: 3, classes: [0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 1] },
    { example: 2, label: 0, changes: 1, classes: [0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1] },
  ],
} satisfies Churn
const fewExamples = {
  points: [0, 1, 2, 3, 4, 5, 6, 7].map((x) => [x, 2 * x]),
  labels: [0, 1, ...few.labels],
  trainExamples: 2,
}
async function fewOf(chart: 'scatter' | 'confusion' | 'restless', changes: Partial<Churn> = {}): Promise<Drawing> {
  const drawing = await drawingOf(chart, [{ classes: 2, examples: 40, epochs: 40 }])
  return { ...drawing, data: fewExamples, churn: { ...few, ...changes } }
}

describe('the confusion chart', () => {
  it.each([3, 5, 10])('has no text of %i classes that is smaller on a phone than its names', async (classes) => {
    const drawing = await drawingOf('confusion', [{ classes, noise: 1, epochs: 40 }])
    const svg = renderToString(<ChartOf drawing={drawing} width={328} height={heightOf(drawing, 328)} />)
    const sizes = Array.from(svg.matchAll(/font-size="([^"]+)"/g), ([, size]) => Number(size))
    expect(sizes).toHaveLength(classes ** 2)
    expect(new Set(sizes)).toEqual(new Set([13]))
  })

  it('counts true classes in rows and predicted ones in columns', () => {
    expect(confusionCounts(few, few.predicted, 2)).toEqual([
      [2, 2],
      [1, 1],
    ])
  })

  it('draws and reads every cell, row by row, and finds it under the pointer', async () => {
    const drawing = await fewOf('confusion')
    const { stops, read, nearest } = explored(drawing)
    expect(Array.from({ length: stops }, (_, stop) => read(stop))).toEqual([
      '2 of 4 examples of class 0 are predicted right, 50\u00a0%',
      '2 of 4 examples of class 0 are predicted as class 1, 50\u00a0%',
      '1 of 2 examples of class 1 is predicted as class 0, 50\u00a0%',
      '1 of 2 examples of class 1 is predicted right, 50\u00a0%',
    ])
    for (let stop = 0; stop < stops; stop++) {
      const [, x, y, width, height] = /<rect class="ring" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/
        .exec(svgOf(drawing, 640, stop))!
        .map(Number) as [number, number, number, number, number]
      expect(nearest({ x: x + width / 2, y: y + height / 2 })).toBe(stop)
    }
    expect(nearest({ x: 5, y: 5 })).toBeUndefined()
  })

  it('says the accuracy and the most frequent confusion', async () => {
    expect(takeawayOf(await fewOf('confusion'))).toBe(
      '0.500 of the 6 test examples are predicted right. The most frequent confusion: 2 of 4 examples of class 0 are predicted as class 1.',
    )
    expect(takeawayOf(await fewOf('confusion', { predicted: few.labels }))).toBe(
      'All 6 test examples are predicted right.',
    )
    expect(takeawayOf(await tableDrawing('confusion', days))).toMatch(
      /\d+ of \d+ examples of class \w+ are predicted as class \w+\.$/,
    )
  })

  it('agrees with the run: what is right over all is its test accuracy', async () => {
    const drawing = await drawingOf('confusion', [{ epochs: 40 }])
    const { churn, results } = drawing
    const counts = confusionCounts(churn!, churn!.predicted!, 3)
    const right = counts.reduce((sum, row, label) => sum + row[label]!, 0)
    expect(right / 500).toBeCloseTo(results[0].runs[0]!.final.testAccuracy!, 6)
  })

  it('writes the share below the count where there is room, and names classes without the words they share', async () => {
    const drawing = await drawingOf('confusion', [{ classes: 10, noise: 1, epochs: 40 }])
    const texts = (width: number) => readSvg(svgOf(drawing, width)).texts.map(({ text }) => text)
    expect(texts(640).filter((text) => text.endsWith('%')).length).toBeGreaterThan(10)
    expect(texts(328).filter((text) => text.endsWith('%'))).toHaveLength(2)
    expect(texts(328)).not.toContain('class 3')
    expect(texts(328)).toContain('rows: true class, columns: predicted class')
  })

  it('has no example of a class that the test half lacks', async () => {
    const { read } = explored(await fewOf('confusion', { labels: [0, 0, 0, 0, 0, 0] }))
    expect(read(2)).toBe('no test example is of class 1')
  })
})

describe('the scatter chart', () => {
  it('has a ring around every test example that is predicted wrong, and says as what', async () => {
    const drawing = await fewOf('scatter')
    const rings = /<path class="outline" d="([^"]*)"/.exec(svgOf(drawing))![1]!
    expect(rings.split('M').length - 1).toBe(3)
    const { read } = explored(drawing)
    expect([read(0), read(2), read(3), read(7)]).toEqual([
      'train example 1, class 0, at 0.00, 0.00',
      'test example 3, class 0, at 2.00, 4.00',
      'test example 4, class 0, at 3.00, 6.00, predicted as class 1',
      'test example 8, class 1, at 7.00, 14.00, predicted as class 0',
    ])
  })

  it('has no rings without predictions', async () => {
    const drawing = await fewOf('scatter', { predicted: null })
    expect(svgOf(drawing)).not.toContain('class="outline"')
    expect(takeawayOf(drawing)).toBe('The training diverged, so there are no predictions.')
    expect(takeawayOf({ ...drawing, churn: undefined })).toBe('The predictions of this run are not measured.')
  })

  it('shows more features by the components of the training examples, on which the test examples are placed', async () => {
    const drawing = await tableDrawing('scatter', days)
    const { points, titles } = planeExamples(days)
    expect(titles[0]).toMatch(/^component 1 \(\d+\u00a0% of the variance\)$/)
    for (const axis of [0, 1]) {
      const train = points.slice(0, days.trainExamples).map((point) => point[axis]!)
      expect(Math.abs(train.reduce((sum, value) => sum + value, 0))).toBeLessThan(1e-9)
    }
    // Other test examples do not move the axes.
    const inputs = days.inputs!.map((row, index) => (index < days.trainExamples ? row : row.map(() => 1)))
    expect(planeExamples({ ...days, inputs }).titles).toEqual(titles)
    const texts = readSvg(svgOf(drawing, 328)).texts.map(({ text }) => text)
    for (const words of ['drizzle', 'sun', ...titles]) expect(texts).toContain(words)
    expect(takeawayOf(drawing)).toContain('The axes are the first two principal components of the network’s 4 inputs')
    expect(explored(drawing).read(0)).toMatch(/^(train|test) example \d+, class (drizzle|fog), at −/)
  })
})

describe('the names of classes', () => {
  it('are those of the dataset; numbers are not names', () => {
    expect(classNamesOf(days, 5)).toEqual(['drizzle', 'fog', 'rain', 'snow', 'sun'])
    expect(classNamesOf({}, 2)).toEqual(['class 0', 'class 1'])
    expect(classNamesOf(pictures, 2)).toEqual(['class 0', 'class 1'])
    expect([classInWords(days, 2), classInWords(pictures, 3), classInWords({}, 1)]).toEqual([
      'class rain',
      'class 3',
      'class 1',
    ])
  })
})

describe('the restless chart', () => {
  it('says how many examples change, how often, and how few make half of the changes', async () => {
    expect(takeawayOf(await fewOf('restless'))).toBe(
      '2 of 6 test examples (33\u00a0%) change their predicted class at least once in epochs 31 to 40. From one epoch to the next, 6.7\u00a0% of the examples do on average. 1 example makes half of all changes.',
    )
    expect(takeawayOf(await fewOf('restless', { changes: [0, 0, 0, 0, 0, 0], restless: [] }))).toBe(
      'No test example changes its predicted class in epochs 31 to 40.',
    )
    expect(
      takeawayOf(await fewOf('restless', { epochs: null, changes: null, restless: null, share: [], mean: null })),
    ).toBe('There are too few epochs to count changes.')
    expect(takeawayOf(await fewOf('restless', { predicted: null }))).toMatch(/^The training diverged/)
    expect([examplesOfHalf([1, 1, 1, 1]), examplesOfHalf([9, 1, 1]), examplesOfHalf([0])]).toEqual([2, 1, 0])
  })

  it('goes from the most restless example to the calmest, and says what was predicted', async () => {
    const drawing = await fewOf('restless')
    const { stops, read, nearest } = explored(drawing)
    expect([stops, read(0), read(1), read(2)]).toEqual([
      6,
      'test example 4, class 0, at 3.00, 6.00, 3 changes: class 0 after 7 epochs and class 1 after 3',
      'test example 5, class 0, at 4.00, 8.00, 1 change: class 1 after 9 epochs and class 0 after 1',
      'test example 3, class 0, at 2.00, 4.00, 0 changes',
    ])
    for (const stop of [0, 1, 5]) {
      const [, x, y] = /<circle class="ring" cx="([\d.]+)" cy="([\d.]+)"/.exec(svgOf(drawing, 640, stop))!
      expect(nearest({ x: Number(x), y: Number(y) })).toBe(stop)
    }
  })

  it('draws rows of a table with their most unusual features, at most four, in their own units', async () => {
    const drawing = await tableDrawing('restless', days)
    const { texts } = readSvg(svgOf(drawing))
    expect(texts.filter(({ text }) => text.startsWith('true: '))).toHaveLength(12)
    expect(readSvg(svgOf(drawing, 328)).texts.filter(({ text }) => text.startsWith('true: '))).toHaveLength(6)
    const row = days.trainExamples + drawing.churn!.restless![0]!.example
    const said = explored(drawing).read(0)
    for (const [feature, name] of ['precipitation', 'temp max', 'temp min', 'wind'].entries())
      expect(said).toContain(`${name} ${days.points[row]![feature]}`)
    // Of 1, 2, 3 and 100 the last is unusual; one that never varies is not.
    const training = [1, 2, 3].map((value) => [value, 7, -value, value, 2 * value, value])
    const data = { points: [...training, [2, 9, -2, 2.5, 100, 3]], labels: [0, 0, 0, 0], trainExamples: 3 }
    expect(extremeFeatures(data, 3)).toEqual([4, 5, 3, 0])
  })

  it('draws digits as pictures: as many pixels of each gray level as they have', async () => {
    expect([arePictures(pictures), arePictures(days)]).toEqual([true, false])
    const drawing = await tableDrawing('restless', pictures)
    const svg = svgOf(drawing)
    const restless = drawing.churn!.restless!
    const levels = restless.flatMap(({ example }) => pictures.points[pictures.trainExamples + example]!)
    for (const level of [1, 8, 16]) {
      const paths = Array.from(svg.matchAll(new RegExp(`fill-opacity="${level / 16}" d="([^"]*)"`, 'g')), ([, d]) => d!)
      const drawn = paths.reduce((sum, d) => sum + d.split('M').length - 1, 0)
      expect([level, drawn]).toEqual([level, levels.filter((one) => one === level).length])
    }
  })

  it('marks the class of every epoch: as many as there are, without a gap', async () => {
    const drawing = await tableDrawing('restless', longNames)
    const { classes } = drawing.churn!.restless![0]!
    const bars = Array.from(svgOf(drawing).matchAll(/d="((?:M[\d.]+ [\d.]+H[\d.]+v8H[\d.]+z)+)"/g), ([, d]) => d!)
    const widthOf = (d: string) =>
      Array.from(d.matchAll(/M([\d.]+) [\d.]+H([\d.]+)/g)).reduce(
        (sum, [, from, to]) => sum + Number(to) - Number(from),
        0,
      )
    const [one, other] = bars.slice(0, 2).map(widthOf) as [number, number]
    const first = classes.slice(1).filter((label) => label === classes[1]).length
    expect(Math.min(one, other) / (one + other)).toBeCloseTo(Math.min(first, 20 - first) / 20, 2)
  })

  it('finds cards under the pointer', async () => {
    const drawing = await tableDrawing('restless', pictures)
    const { stops, nearest } = explored(drawing)
    expect(stops).toBe(madeChurn(pictures).restless!.length)
    for (let stop = 0; stop < stops; stop++) {
      const [, x, y, width, height] = /<rect class="ring" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/
        .exec(svgOf(drawing, 640, stop))!
        .map(Number) as [number, number, number, number, number]
      expect(nearest({ x: x + width / 2, y: y + height / 2 })).toBe(stop)
    }
  })
})

describe.each(['scatter', 'dataset', 'confusion', 'restless'] as const)('%s of a table', (chart) => {
  it.each([256, 328, 640])('cuts no text off at %d px, however long the names are', async (width) => {
    for (const table of [days, pictures, longNames]) {
      const drawing = await tableDrawing(chart, table)
      const { texts, height } = readSvg(svgOf(drawing, width))
      for (const { text, left, right, baseline } of texts)
        expect([text, left >= -1, right <= width + 1, baseline > 10 && baseline < height]).toEqual([
          text,
          true,
          true,
          true,
        ])
    }
  })
})

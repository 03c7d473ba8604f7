import { describe, expect, it } from 'vitest'

import { makeDataset } from '#dataset/dataset.ts'
import { splitDataset } from '#dataset/split.ts'
import { compare } from '#experiment/comparison.ts'
import { deriveResult } from '#experiment/derive.ts'
import { digest } from '#experiment/digest.ts'
import { fingerprint } from '#experiment/numbers.ts'
import { readSpec } from '#experiment/permalink.ts'
import type { ExperimentResult } from '#experiment/result.ts'
import { completeSpec } from '#experiment/spec.ts'
import { trainFused } from '#training/fused/train.ts'
import { Slice } from '#training/progress.ts'

import { printed } from '../../../site/src/original.ts'
import distributions from '../../golden/distributions.json'
import { builtPages, elements } from '../../support/built-pages.ts'

// The numbers in the built pages, trained and derived again from what each says of itself: nothing of the site's own
// code, and none of its kept results, is used.

const trained = new Map<string, Promise<ExperimentResult>>()

function resultOf(query: string): Promise<ExperimentResult> {
  const known = trained.get(query) ?? trainAgain(query)
  trained.set(query, known)
  return known
}

async function trainAgain(query: string): Promise<ExperimentResult> {
  const { spec } = readSpec(new URLSearchParams(query), {}, 'refuse')
  const training = trainFused(spec, splitDataset(makeDataset(spec)), new Slice())
  let slice = training.next()
  while (!slice.done) slice = training.next()
  const outcome = { digest: await digest(spec), fingerprint: await fingerprint(slice.value), numbers: slice.value }
  return deriveResult(spec, outcome, { histories: 0 })
}

const at = (result: ExperimentResult, path: string) =>
  path.split('.').reduce<unknown>((within, key) => (within as Record<string, unknown>)[key], result) as number

const told = builtPages().flatMap(({ path, html }) =>
  elements(html, 'data').map(({ attributes, text }) => ({ page: path, attributes, text })),
)
const having = (key: string) => told.filter(({ attributes }) => attributes.has(key))
/** Half a unit of the last digit that is written. */
const halfUnit = (text: string) => 0.5 * 10 ** -(text.split('.')[1]?.length ?? 0) + 1e-12
const read = (text: string) => Number(text.replaceAll('\u202F', '').replace('\u2212', '-'))

describe('the numbers in the text', () => {
  it('are marked with what they come from', () => {
    expect(told.length).toBeGreaterThan(150)
    const unmarked = told.filter(
      ({ attributes }) => !['data-path', 'data-steps', 'data-nearest', 'data-below'].some((key) => attributes.has(key)),
    )
    expect(unmarked).toEqual([])
  })

  it('come out again when their experiments are trained again', async () => {
    const wrong = []
    const alone = having('data-path').filter(({ attributes }) => !attributes.has('data-than'))
    expect(alone.length).toBeGreaterThan(100)
    for (const { page, attributes, text } of alone) {
      const path = attributes.get('data-path')!
      const expected = at(await resultOf(attributes.get('data-in')!), path)
      if (!(Math.abs(read(text) - expected) <= halfUnit(text))) wrong.push({ page, text, expected, path })
    }
    expect(wrong).toEqual([])
  }, 120_000)

  it('compare experiments pair by pair, with the interval, in no more digits than it allows', async () => {
    const ratios = having('data-than').filter(({ attributes }) => attributes.get('data-path')!.endsWith('.ratio.value'))
    expect(ratios.length).toBeGreaterThan(6)
    for (const { page, attributes, text } of ratios) {
      const [query, than] = [attributes.get('data-in')!, attributes.get('data-than')!]
      const comparison = compare(await resultOf(query), await resultOf(than))
      const path = attributes.get('data-path')!
      const [value, low, high] = ['value', 'low', 'high'].map((end) =>
        at({ comparison } as never, path.replace(/value$/, end)),
      ) as [number, number, number]
      const end = (name: string) =>
        told.find(
          (other) =>
            other.page === page &&
            other.attributes.get('data-in') === query &&
            other.attributes.get('data-than') === than &&
            other.attributes.get('data-path') === path.replace(/value$/, name),
        )!.text
      const unit = 10 ** Math.floor(Math.log10((high - low) / 2))
      expect(Math.abs(read(text) - value)).toBeLessThanOrEqual(0.500001 * unit)
      expect(low - read(end('low'))).toBeGreaterThan(-1e-6)
      expect(low - read(end('low'))).toBeLessThan(unit)
      expect(read(end('high')) - high).toBeGreaterThan(-1e-6)
      expect(read(end('high')) - high).toBeLessThan(unit)
      for (const written of [text, end('low'), end('high')])
        expect(Math.abs(read(written) / unit - Math.round(read(written) / unit))).toBeLessThan(1e-6)
      // The ratio is that of the two means that the reader sees.
      const means = await Promise.all([query, than].map(async (of) => (await resultOf(of)).summary.instability.mean!))
      expect(value / (means[0]! / means[1]!)).toBeCloseTo(1, 5)
    }
  })

  it('count the steps right', () => {
    for (const { attributes, text } of having('data-steps')) {
      const { spec } = readSpec(new URLSearchParams(attributes.get('data-in')), {}, 'refuse')
      const rows = spec.examples * spec.trainFraction
      const perEpoch = spec.batchSize === 'full' ? 1 : Math.ceil(rows / spec.batchSize)
      expect(read(text)).toBe(perEpoch * (attributes.get('data-steps') === 'run' ? spec.epochs : 1))
    }
  })

  it('say where the original’s figures fall', async () => {
    for (const { attributes, text } of having('data-below')) {
      const [split, mark] = attributes.get('data-below')!.split(' ')
      const { runs } = await resultOf(attributes.get('data-in')!)
      const below = runs.filter(
        ({ final }) => final[split === 'train' ? 'trainAccuracy' : 'testAccuracy']! < Number(mark),
      )
      expect(Number(text)).toBe(below.length)
    }
  }, 60_000)

  it('say what the nearest true center gets right', () => {
    const { coordinates, labels, trainExamples, centers } = makeDataset(completeSpec({}))
    const isHit = (row: number) => {
      const away = centers!.map(([x, y]) => (coordinates[2 * row]! - x) ** 2 + (coordinates[2 * row + 1]! - y) ** 2)
      return away.every((distance) => distance >= away[labels[row]!]!)
    }
    const share = (rows: number[]) => rows.filter(isHit).length / rows.length
    const rows = Array.from(labels, (_, row) => row)
    const expected = { train: share(rows.slice(0, trainExamples)), test: share(rows.slice(trainExamples)) }
    expect(having('data-nearest').length).toBeGreaterThan(1)
    for (const { attributes, text } of having('data-nearest'))
      expect(read(text)).toBeCloseTo(expected[attributes.get('data-nearest') as 'train' | 'test'], 3)
  })
})

describe('the original’s figures', () => {
  it('are those that it printed', () => {
    const golden = Object.entries(distributions.presets).map(([slug, preset]) => [slug, preset.printed])
    expect(printed).toEqual(Object.fromEntries(golden))
  })
})

describe('what the text says without a number', () => {
  const instability = async (query: string, seeds = 100) =>
    (await resultOf(`${query}&seeds=${seeds}`)).summary.instability.mean!
  /** The ratio of two mean instabilities, with its interval. */
  const timesAsUnstable = async (query: string, than: string) =>
    compare(await resultOf(query), await resultOf(than)).quantities.instability.ratio
  const above = (bound: number) => ({ low: expect.toSatisfy((low: number) => low > bound) })
  const epochsTo80 = async (query: string) => (await resultOf(`${query}&seeds=100`)).summary.epochsTo80.quartiles[1]!

  it('the climb gets slower from 4 to 256', async () => {
    const epochs = await Promise.all([4, 16, 32, 64, 128, 256].map((size) => epochsTo80(`batchSize=${size}`)))
    expect(epochs).toEqual(epochs.toSorted((a, b) => a - b))
  })

  it('the instability falls to 16, gets no lower to 128, falls to 256 and rises at 450', async () => {
    const [at4, at16, at32, at64, at128, at256, at450] = (await Promise.all(
      [4, 16, 32, 64, 128, 256, 450].map((size) => instability(`batchSize=${size}`)),
    )) as [number, number, number, number, number, number, number]
    expect(at16).toBeLessThan(at4 / 2)
    for (const value of [at32, at64, at128]) expect(Math.abs(Math.log(value / at16))).toBeLessThan(Math.log(1.3))
    expect(Math.max(at32, at64, at128)).toBeLessThan(at4 / 2)
    expect(at256).toBeLessThan(Math.min(at16, at32, at64, at128) / 1.8)
    expect(at450).toBeGreaterThan(at256 * 2)
  })

  it('64 shakes more than 32 in the same epochs; in the same steps the larger batch is the calmer', async () => {
    expect(await timesAsUnstable('batchSize=64&seeds=100', 'batchSize=32&seeds=100')).toMatchObject(above(1))
    const [at16, at32, at64, at128] = (await Promise.all(
      ['16&epochs=200', '32&epochs=400', '64&epochs=800', '128&epochs=1600'].map((size) =>
        instability(`batchSize=${size}`, 50),
      ),
    )) as [number, number, number, number]
    expect([at128, at64, at32, at16]).toEqual([at128, at64, at32, at16].toSorted((a, b) => a - b))
  })

  it('the full batch trembles by less than a test point, and most of its runs still learn, most of them up', async () => {
    const { summary, runs } = await resultOf('batchSize=full&seeds=100')
    expect(summary.instability.mean! * 500).toBeLessThan(1)
    const moving = runs.filter(({ stillLearning }) => stillLearning)
    expect(moving.length).toBe(summary.stillLearning)
    expect(moving.length).toBeGreaterThan(50)
    expect(moving.filter(({ drift }) => drift! > 0).length).toBeGreaterThan(moving.length / 2)
    expect(summary.drift.mean!).toBeGreaterThan(0)
  })

  it('with the same rows last, or more classes, the full batch and its like are calm but not done', async () => {
    const stillOf = async (query: string) => (await resultOf(`${query}&seeds=100`)).summary.stillLearning
    for (const query of ['batchSize=450&shuffle=false', 'batchSize=499&shuffle=false', 'batchSize=full'])
      expect(await stillOf(query)).toBeGreaterThan(80)
    for (const classes of [5, 10]) expect(await stillOf(`classes=${classes}&batchSize=full`)).toBeGreaterThan(95)
  })

  it('a smaller remainder shakes more, and without a shuffle it does not', async () => {
    const remainders = await Promise.all([250, 400, 450, 490, 499].map((size) => instability(`batchSize=${size}`)))
    expect(remainders).toEqual(remainders.toSorted((a, b) => a - b))
    expect(await instability('batchSize=450&shuffle=false')).toBeLessThan(remainders[0]!)
    expect(await instability('batchSize=499&shuffle=false')).toBeLessThan(remainders[0]!)
  })

  it('in each number of classes 4 shakes most and the full batch least; with 10, 32 is well ahead', async () => {
    for (const classes of [2, 5, 10]) {
      const order = await Promise.all(
        ['full', '32', '4'].map((size) => instability(`classes=${classes}&batchSize=${size}`)),
      )
      expect(order).toEqual(order.toSorted((a, b) => a - b))
    }
    const [at4, at32, full] = await Promise.all(
      ['4', '32', 'full'].map(async (size) => (await resultOf(`classes=10&batchSize=${size}&seeds=100`)).summary.final),
    )
    expect(at32!.testAccuracy.mean! - at4!.testAccuracy.mean!).toBeGreaterThan(0.02)
    expect(at32!.testAccuracy.mean! - full!.testAccuracy.mean!).toBeGreaterThan(0.02)
  })

  it('with batch size 1 no run is at 0.80 in the end', async () => {
    const { runs } = await resultOf('batchSize=1&seeds=100')
    expect(runs.filter(({ final }) => final.testAccuracy! >= 0.8)).toEqual([])
  })

  it('without momentum the full batch shakes, and a smaller step is calm but far from done', async () => {
    const [shaking, small] = [
      'batchSize=full&momentum=0&seeds=100',
      'batchSize=full&learningRate=0.001&momentum=0&seeds=100',
    ]
    expect(await timesAsUnstable(shaking, 'batchSize=full&seeds=100')).toMatchObject(above(50))
    expect(await timesAsUnstable(shaking, small)).toMatchObject(above(30))
    const { summary } = await resultOf(small)
    expect(summary.stillLearning).toBeGreaterThan(95)
    expect(summary.epochsTo80.reached).toBe(0)
  })
}, 60_000)

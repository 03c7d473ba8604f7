import { describe, expect, it } from 'vitest'

import { makeDataset } from '#dataset/dataset.ts'
import { splitDataset } from '#dataset/split.ts'
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
const read = (text: string) => Number(text.replaceAll('\u202F', ''))

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
    for (const { page, attributes, text } of having('data-path')) {
      const path = attributes.get('data-path')!
      const value = at(await resultOf(attributes.get('data-in')!), path)
      const than = attributes.get('data-than')
      const expected = than === undefined ? value : value / at(await resultOf(than), path)
      if (!(Math.abs(read(text) - expected) <= halfUnit(text))) wrong.push({ page, text, expected, path })
    }
    expect(wrong).toEqual([])
  }, 120_000)

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
  const instability = async (query: string) => (await resultOf(`${query}&seeds=30`)).summary.instability.mean!
  const epochsTo80 = async (query: string) => (await resultOf(`${query}&seeds=30`)).summary.epochsTo80.quartiles[1]!

  it('the climb gets slower from 4 to 256', async () => {
    const epochs = await Promise.all([4, 16, 32, 64, 128, 256].map((size) => epochsTo80(`batchSize=${size}`)))
    expect(epochs).toEqual(epochs.toSorted((a, b) => a - b))
  })

  it('the instability falls to 16, hardly moves to 128, falls to 256 and rises at 450', async () => {
    const [at4, at16, at32, at64, at128, at256, at450] = (await Promise.all(
      [4, 16, 32, 64, 128, 256, 450].map((size) => instability(`batchSize=${size}`)),
    )) as [number, number, number, number, number, number, number]
    expect(at16).toBeLessThan(at4 / 2)
    for (const value of [at32, at64, at128]) expect(Math.abs(Math.log(value / at16))).toBeLessThan(Math.log(1.3))
    expect(at256).toBeLessThan(at128 / 1.8)
    expect(at450).toBeGreaterThan(at256 * 3)
    expect(Math.round(at4 / at256)).toBe(6)
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
      ['4', '32', 'full'].map(async (size) => (await resultOf(`classes=10&batchSize=${size}&seeds=30`)).summary.final),
    )
    expect(at32!.testAccuracy.mean! - at4!.testAccuracy.mean!).toBeGreaterThan(0.02)
    expect(at32!.testAccuracy.mean! - full!.testAccuracy.mean!).toBeGreaterThan(0.02)
  })

  it('with batch size 1 no run is at 0.80 in the end', async () => {
    const { runs } = await resultOf('batchSize=1&seeds=100')
    expect(runs.filter(({ final }) => final.testAccuracy! >= 0.8)).toEqual([])
  })

  it('without momentum the full batch shakes', async () => {
    expect(await instability('batchSize=full&momentum=0')).toBeGreaterThan(10 * (await instability('batchSize=full')))
  })
}, 60_000)

import { describe, expect, it } from 'vitest'

import { makeDataset } from '#dataset/dataset.ts'
import { splitDataset } from '#dataset/split.ts'
import { compare } from '#experiment/comparison.ts'
import { deriveResult } from '#experiment/derive.ts'
import { digest } from '#experiment/digest.ts'
import { column, fingerprint } from '#experiment/numbers.ts'
import { readSpec } from '#experiment/permalink.ts'
import type { ExperimentResult } from '#experiment/result.ts'
import { completeSpec, type ExperimentSpec } from '#experiment/spec.ts'
import { trainFused } from '#training/fused/train.ts'
import { Slice } from '#training/progress.ts'
import { trainGeneralization } from '#training/train.ts'

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

/** The end of a training. */
function last<Value>(training: Generator<unknown, Value, void>): Value {
  for (;;) {
    const slice = training.next()
    if (slice.done) return slice.value
  }
}

const numbersOf = (spec: ExperimentSpec) => last(trainFused(spec, splitDataset(makeDataset(spec)), new Slice()))

async function trainAgain(query: string): Promise<ExperimentResult> {
  const { spec } = readSpec(new URLSearchParams(query), {}, 'refuse')
  const numbers = numbersOf(spec)
  const outcome = { digest: await digest(spec), fingerprint: await fingerprint(numbers), numbers }
  return deriveResult(spec, outcome, { histories: 0 })
}

const at = (result: ExperimentResult, path: string) =>
  path.split('.').reduce<unknown>((within, key) => (within as Record<string, unknown>)[key], result) as number

const told = builtPages().flatMap(({ path, html }) =>
  elements(html, 'data').map(({ attributes, text }) => ({ page: path, attributes, text })),
)
const having = (key: string) => told.filter(({ attributes }) => attributes.has(key))
/** Half a unit of the last digit that is written. */
const halfUnit = (text: string) => {
  const [digits = '', power = '0'] = plain(text).split('e')
  return (0.5 * 10 ** -(digits.split('.')[1]?.length ?? 0) + 1e-12) * 10 ** Number(power)
}
const read = (text: string) => Number(plain(text))
/** `1\u202F000`, `\u22120.5` and `6.7×10⁻⁶` as programs write them. */
const plain = (text: string) =>
  text
    .replaceAll('\u202F', '')
    .replace('\u2212', '-')
    .replace(
      /×10(.+)/,
      (_, raised: string) =>
        `e${Array.from(raised, (sign) => '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(sign) - 1)
          .join('')
          .replace('-1', '-')}`,
    )

/** What a number in the text says of where it comes from, in one of these. */
const marks = [
  'data-path',
  'data-steps',
  'data-nearest',
  'data-below',
  'data-rises',
  'data-curvature',
  'data-accumulated',
  'data-best',
  'data-fresh',
  'data-draws',
]

describe('the numbers in the text', () => {
  it('are marked with what they come from', () => {
    expect(told.length).toBeGreaterThan(150)
    const unmarked = told.filter(({ attributes }) => !marks.some((key) => attributes.has(key)))
    expect(unmarked).toEqual([])
  })

  it('come out again when their experiments are trained again', async () => {
    const wrong = []
    const alone = having('data-path').filter(({ attributes }) => !attributes.has('data-than'))
    expect(alone.length).toBeGreaterThan(100)
    // Ten draws of the data are many runs: every third of them, and all else.
    const isLeftOut = (query: string) => Number(/datasetSeed=(\d)/.exec(query)?.[1] ?? 0) % 4 > 0
    for (const { page, attributes, text } of alone) {
      const path = attributes.get('data-path')!
      if (isLeftOut(attributes.get('data-in')!)) continue
      const expected = at(await resultOf(attributes.get('data-in')!), path)
      if (!(Math.abs(read(text) - expected) <= halfUnit(text))) wrong.push({ page, text, expected, path })
    }
    expect(wrong).toEqual([])
  }, 300_000)

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

  it('tell differences pair by pair', async () => {
    const differences = having('data-than').filter(({ attributes }) =>
      attributes.get('data-path')!.includes('.difference.'),
    )
    expect(differences.length).toBeGreaterThan(20)
    for (const { attributes, text } of differences) {
      const [query, than] = [attributes.get('data-in')!, attributes.get('data-than')!]
      const comparison = compare(await resultOf(query), await resultOf(than))
      const value = at({ comparison } as never, attributes.get('data-path')!)
      // Ends of intervals are rounded away from the value.
      expect(Math.abs(read(text) - value)).toBeLessThanOrEqual(2 * halfUnit(text))
    }
  }, 60_000)

  it('count the steps right', () => {
    for (const { attributes, text } of having('data-steps')) {
      const { spec } = readSpec(new URLSearchParams(attributes.get('data-in')), {}, 'refuse')
      const rows = spec.examples * spec.trainFraction
      /** Steps of an epoch, by the plain text of the schedule. */
      const changes = spec.batchSizeSchedule.split('-').map((change) => change.split(':'))
      let steps = 0
      for (let epoch = 0; epoch < spec.epochs; epoch++) {
        const size = changes.findLast(([from, value]) => value !== undefined && Number(from) <= epoch)?.[1]
        const batch = (size ?? String(spec.batchSize)) === 'full' ? rows : Number(size ?? spec.batchSize)
        steps += spec.lastBatch === 'dropped' ? Math.floor(rows / batch) : Math.ceil(rows / batch)
      }
      expect(read(text)).toBe(attributes.get('data-steps') === 'run' ? steps : steps / spec.epochs)
    }
  })

  it('count the steps that raise the loss', () => {
    const rises = having('data-rises')
    expect(rises.length).toBeGreaterThan(8)
    for (const { attributes, text } of rises) {
      const { spec } = readSpec(new URLSearchParams(attributes.get('data-in')), {}, 'refuse')
      const numbers = numbersOf(spec)
      const [from, to] = attributes.get('data-rises')!.split(' ').map(Number) as [number, number]
      let [raised, all] = [0, 0]
      for (let run = 0; run < spec.seeds; run++) {
        const losses = column(numbers, spec, run, 'trainLoss')
        for (let epoch = from; epoch <= to; epoch++, all++) if (losses[epoch - 1]! > losses[epoch - 2]!) raised++
      }
      expect(read(text)).toBe(Math.round((100 * raised) / all))
    }
  }, 60_000)

  it('say how often runs are right on fresh points', () => {
    const fresh = having('data-fresh')
    expect(fresh.length).toBeGreaterThan(8)
    // Some of them: each trains its runs again.
    for (const { attributes, text } of fresh.filter(({ attributes: of }) =>
      /=(?:256|full)&seeds/.test(of.get('data-in')!),
    )) {
      const { spec } = readSpec(new URLSearchParams(attributes.get('data-in')), {}, 'refuse')
      const { summary } = last(trainGeneralization(spec))
      expect(Math.abs(read(text) - at(summary.fresh as never, attributes.get('data-fresh')!))).toBeLessThan(
        halfUnit(text),
      )
    }
  }, 60_000)

  it('say what the best rule gets right of fresh points, within what 20,000 of them can be off', () => {
    const share = Number(having('data-best').find(({ attributes }) => attributes.get('data-best') === 'fresh')!.text)
    // By numeric integration over the three clouds.
    expect(Math.abs(share - 0.8224)).toBeLessThan(3 * Math.sqrt((0.8224 * 0.1776) / 20_000))
  })

  it('say that the mean of gradients of parts is the gradient of all, but for rounding', () => {
    expect(having('data-accumulated').map(({ text }) => Number(text) < 2e-6)).toEqual([true])
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

  it('drawn with replacement, 256 loses its calm, and from 16 to all rows there is hardly a fall', async () => {
    expect(await timesAsUnstable('batchSize=256&replacement=true&seeds=100', 'batchSize=256&seeds=100')).toMatchObject(
      above(1.8),
    )
    const drawn = await Promise.all(
      ['16', '32', '64', '128', '256', 'full'].map((size) => instability(`batchSize=${size}&replacement=true`)),
    )
    expect(Math.max(...drawn) / Math.min(...drawn)).toBeLessThan(1.5)
  })

  it('a last step that is scaled by its rows, or dropped, calms 450', async () => {
    for (const lastBatch of ['scaled', 'dropped'])
      expect(
        await timesAsUnstable('batchSize=450&seeds=100', `batchSize=450&lastBatch=${lastBatch}&seeds=100`),
      ).toMatchObject(above(3))
  })

  it('along diagonals of learning rate and batch size the instability is much the same, and differs between them', async () => {
    const along = (pairs: readonly string[]) =>
      Promise.all(pairs.map((pair) => instability(pair.replace(/(.*) (.*)/, 'batchSize=$1&learningRate=$2'))))
    const rough = await along(['1 0.003', '4 0.01', '32 0.1'])
    const calm = await along(['1 0.001', '4 0.003', '32 0.03', '128 0.1'])
    for (const diagonal of [rough, calm]) expect(Math.max(...diagonal) / Math.min(...diagonal)).toBeLessThan(1.6)
    expect(Math.min(...rough) / Math.max(...calm)).toBeGreaterThan(1.8)
  })

  it('a tenth of the learning rate hardly changes the instability of 32 in as many epochs, and calms it in ten times as many', async () => {
    const small = await instability('batchSize=32&learningRate=0.001')
    expect(small / (await instability('batchSize=32'))).toBeGreaterThan(0.8)
    expect(small / (await instability('batchSize=32&learningRate=0.001&epochs=2000', 20))).toBeGreaterThan(1.4)
  })

  it('every remedy calms batch size 4, growing the batch and steps of the learning rate most', async () => {
    const none = 'batchSize=4&seeds=100'
    const most = [
      'batchSizeSchedule=50:256',
      'batchSizeSchedule=50:32-100:256',
      'learningRateSchedule=50:0.001-100:0.0001',
    ]
    for (const remedy of most) expect(await timesAsUnstable(none, `${remedy}&${none}`)).toMatchObject(above(20))
    for (const remedy of [
      'learningRateSchedule=cosine',
      'averaging=ema',
      'averaging=swa',
      'optimizer=adam&learningRate=0.001',
    ]) {
      const ratio = await timesAsUnstable(none, `${remedy}&${none}`)
      expect(ratio).toMatchObject(above(3))
      expect(ratio.high).toBeLessThan(20)
    }
  })

  it('annealed, batch size 1 gets out of its bad places; averaged, it does not', async () => {
    const ends = async (remedy: string) =>
      (await resultOf(`batchSize=1&${remedy}&seeds=100`)).runs.map(({ final }) => final.testAccuracy!)
    expect(Math.min(...(await ends('learningRateSchedule=cosine')))).toBeGreaterThan(0.77)
    expect(Math.max(...(await ends('averaging=swa')))).toBeLessThan(0.65)
  })

  it('the challenge can be met, and by neither of the plain ones', async () => {
    const meets = async (query: string) => {
      const { summary } = await resultOf(`${query}&seeds=30`)
      return [summary.epochsTo80.quartiles[1]! <= 3, summary.instability.mean! < 0.002]
    }
    expect(await meets('batchSize=4&batchSizeSchedule=50:256')).toEqual([true, true])
    expect(await meets('batchSize=4')).toEqual([true, false])
    expect(await meets('batchSize=256')).toEqual([false, false])
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

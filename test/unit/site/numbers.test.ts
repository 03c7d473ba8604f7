import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { makeDataset } from '#datasets/dataset.ts'
import { splitDataset } from '#datasets/split.ts'
import { compare } from '#experiment/result/comparison.ts'
import { column } from '#experiment/result/numbers.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'
import { completeSpec } from '#experiment/spec/spec.ts'
import { trainGeneralization, trainNoise } from '#training/by-engine.ts'
import { FusedNetwork } from '#training/fused/network.ts'
import { trainFused } from '#training/fused/train.ts'
import { Slice, runToEnd } from '#training/progress.ts'

import { printedAccuracies } from '../../../site/src/build/original.ts'
import distributions from '../../golden/distributions.json'
import { builtPages, elements } from '../../support/built-pages.ts'
import { curvatureOf } from '../../support/curvature.ts'
import { numbersOf, resultOf, specOf } from '../../support/trained.ts'

// The numbers in the built pages, derived again from what each says of itself: nothing of the site's own code is used.

const at = (result: ExperimentResult, path: string) =>
  path.split('.').reduce<unknown>((within, key) => (within as Record<string, unknown>)[key], result) as number

const sources = JSON.parse(readFileSync('site/dist/numbers.json', 'utf8')) as Record<string, Record<string, string>[]>
const told = builtPages().flatMap(({ path, html }) =>
  elements(html, 'data').map(({ text }, index) => {
    const source = Object.entries(sources[path]?.[index] ?? {})
    return { page: path, attributes: new Map(source.map(([name, value]) => [`data-${name}`, value])), text }
  }),
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
  'data-lead',
  'data-draws',
  'data-splits',
  'data-exponent',
  'data-noise',
  'data-late',
  'data-measured',
  'data-rare',
]

describe('the numbers in the text', () => {
  it('are marked with what they come from', () => {
    const counts = builtPages().map(({ path, html }) => [path, elements(html, 'data').length] as const)
    expect(Object.fromEntries(counts.filter(([, count]) => count > 0))).toEqual(
      Object.fromEntries(Object.entries(sources).map(([path, all]) => [path, all.length])),
    )
    expect(told.length).toBeGreaterThan(150)
    const unmarked = told.filter(({ attributes }) => !marks.some((key) => attributes.has(key)))
    expect(unmarked).toEqual([])
  })

  it('come out again when they are derived again', async () => {
    const wrong = []
    const alone = having('data-path').filter(({ attributes }) => !attributes.has('data-than'))
    expect(alone.length).toBeGreaterThan(100)
    for (const { page, attributes, text } of alone) {
      const path = attributes.get('data-path')!
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
      const spec = specOf(attributes.get('data-in')!)
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

  it('count the steps that raise the loss', async () => {
    const rises = having('data-rises')
    expect(rises.length).toBeGreaterThan(8)
    for (const { attributes, text } of rises) {
      const spec = specOf(attributes.get('data-in')!)
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

  it('say how sharply the loss bends', () => {
    const curvatures = having('data-curvature')
    expect(curvatures.length).toBe(12)
    for (const { attributes, text } of curvatures) {
      const spec = specOf(attributes.get('data-in')!)
      const split = splitDataset(makeDataset(spec))
      const network = new FusedNetwork(spec, split)
      let sum = 0
      for (let run = 0; run < spec.seeds; run++) {
        network.begin(spec.seed + run)
        network.advance(Number(attributes.get('data-curvature')))
        sum += curvatureOf(network.parameters, split.train)
      }
      network.dispose()
      // The site has it by gradients in float32, and a loss of corners.
      expect(read(text) / (sum / spec.seeds)).toBeCloseTo(1, 1)
    }
  }, 60_000)

  it('say how often runs are right on fresh points', () => {
    const fresh = having('data-fresh')
    expect(fresh.length).toBeGreaterThan(5)
    const known = new Map<string, ReturnType<typeof summaryOf>>()
    const summaryOf = (query: string) =>
      runToEnd(trainGeneralization({ spec: specOf(query), freshExamples: 200_000 })).summary
    for (const { attributes, text } of fresh) {
      const query = attributes.get('data-in')!
      const summary = known.get(query) ?? summaryOf(query)
      known.set(query, summary)
      expect(Math.abs(read(text) - at(summary.fresh as never, attributes.get('data-fresh')!))).toBeLessThan(
        halfUnit(text),
      )
    }
  }, 240_000)

  it('say how far one experiment leads another on the same fresh points, and twice the standard error of that', () => {
    const leads = having('data-lead')
    expect(leads.length).toBeGreaterThan(15)
    const known = new Map<string, { value: number; twoErrors: number }>()
    const leadOf = (query: string, pinned: string) => {
      const question = { spec: specOf(query), pinned: specOf(pinned), freshExamples: 200_000 }
      const { value, standardError } = runToEnd(trainGeneralization(question)).comparison!.difference
      return { value: value!, twoErrors: 2 * standardError! }
    }
    for (const { attributes, text } of leads) {
      const [query, over] = [attributes.get('data-in')!, attributes.get('data-over')!]
      const lead = known.get(`${query} ${over}`) ?? leadOf(query, over)
      known.set(`${query} ${over}`, lead)
      const name = attributes.get('data-lead') as keyof typeof lead
      expect(Math.abs(read(text) - lead[name])).toBeLessThan(halfUnit(text))
    }
  }, 240_000)

  it('count the draws of the data in which the lesson holds', async () => {
    const sizes = ['4', '32', '256', '450', 'full']
    const drawsWith = (scaling: string) =>
      Promise.all(
        Array.from({ length: 10 }, async (_, draw) => {
          const queries = sizes.map((size) => `batchSize=${size}&datasetSeed=${draw}&scaling=${scaling}&seeds=30`)
          const summaries = (await Promise.all(queries.map(resultOf))).map(({ summary }) => summary)
          const calm = summaries.map(({ instability }) => instability.mean ?? Infinity)
          const right = summaries.map(({ final }) => final.testAccuracy.mean!)
          return {
            smallIsRougher: calm[0]! > calm[1]!,
            fullIsCalmest: calm.indexOf(Math.min(...calm)) === 4,
            largerIsCalmer: calm[2]! < calm[1]!,
            restIsRough: calm[3]! > calm[2]!,
            fullIsBest: right.indexOf(Math.max(...right)) === 4,
          }
        }),
      )
    const draws = new Map([
      ['none', await drawsWith('none')],
      ['standard', await drawsWith('standard')],
    ])
    expect(having('data-draws').length).toBe(10)
    for (const { attributes, text } of having('data-draws')) {
      const some = draws.get(attributes.get('data-scaling')!)!
      const name = attributes.get('data-draws') as keyof (typeof some)[number]
      expect([name, read(text)]).toEqual([name, some.filter((draw) => draw[name]).length])
    }
  }, 120_000)

  it('compare two settings over ten splits of a table, with the interval over the splits', async () => {
    const compared = having('data-splits')
    expect(compared.length).toBeGreaterThan(50)
    // Of Student's t distribution with nine degrees of freedom.
    const quantile = 2.262157
    for (const { attributes, text } of compared) {
      const isInstability = attributes.get('data-quantity') === 'instability'
      const differences = await Promise.all(
        Array.from({ length: 10 }, async (_, split) => {
          const [own, other] = await Promise.all(
            ['data-in', 'data-over'].map(async (name) => {
              const { summary } = await resultOf(`${attributes.get(name)}&datasetSeed=${split}&seeds=5`)
              return isInstability ? summary.instability.mean! : summary.final.testAccuracy.mean!
            }),
          )
          return own! - other!
        }),
      )
      const mean = differences.reduce((sum, one) => sum + one, 0) / 10
      const deviation = Math.sqrt(differences.reduce((sum, one) => sum + (one - mean) ** 2, 0) / 9)
      const half = (quantile * deviation) / Math.sqrt(10)
      const expected = { value: mean, low: mean - half, high: mean + half }[attributes.get('data-splits')!]!
      // Ends of intervals are rounded away from the value.
      expect(Math.abs(read(text) - expected)).toBeLessThanOrEqual(2 * halfUnit(text))
    }
  }, 300_000)

  it('say what the best rule gets right of fresh points, within what 20,000 of them can be off', () => {
    const share = Number(having('data-best').find(({ attributes }) => attributes.get('data-best') === 'fresh')!.text)
    // By numeric integration over the three clouds.
    expect(Math.abs(share - 0.8224)).toBeLessThan(3 * Math.sqrt((0.8224 * 0.1776) / 20_000))
  })

  it('say that the mean of gradients of equal parts is the gradient of all, but for rounding, and of unequal parts is not', () => {
    const differences = Object.fromEntries(
      having('data-accumulated').map(({ attributes, text }) => [attributes.get('data-accumulated'), read(text)]),
    )
    expect(Object.keys(differences)).toEqual(['125,125,125,125', '450,50'])
    expect(differences['125,125,125,125']).toBeGreaterThan(0)
    expect(differences['125,125,125,125']).toBeLessThan(2e-6)
    expect(differences['450,50']).toBeGreaterThan(0.01)
  })

  it('say how instability grows with learning rate over batch size', async () => {
    const [{ attributes, text } = { attributes: new Map<string, string>(), text: '' }, ...others] =
      having('data-exponent')
    expect(others).toEqual([])
    const [sizes = [], rates = []] = attributes
      .get('data-exponent')!
      .split(' ')
      .map((list) => list.split(',').map(Number))
    const points: [number, number][] = []
    for (const size of sizes)
      for (const rate of rates) {
        const { summary } = await resultOf(`batchSize=${size}&learningRate=${rate}&${attributes.get('data-in')}`)
        if (summary.final.testAccuracy.mean! >= 0.8)
          points.push([Math.log(rate / 0.1 / size), Math.log(summary.instability.mean!)])
      }
    const center = (axis: 0 | 1) => points.reduce((sum, point) => sum + point[axis] / points.length, 0)
    const product = (one: 0 | 1, other: 0 | 1) =>
      points.reduce((sum, point) => sum + (point[one] - center(one)) * (point[other] - center(other)), 0)
    expect(Math.abs(read(text) - product(0, 1) / product(0, 0))).toBeLessThanOrEqual(halfUnit(text))
  }, 60_000)

  it('say how the noise scale of many seeds spreads', () => {
    const noise = having('data-noise')
    expect(noise.length).toBe(24)
    const scales = new Map<string, number[][]>()
    for (const { attributes, text } of noise) {
      const query = attributes.get('data-in')!
      const spec = specOf(query)
      if (!scales.has(query))
        scales.set(
          query,
          Array.from(
            { length: spec.seeds },
            (_, run) => runToEnd(trainNoise({ ...spec, seed: spec.seed + run, seeds: 1 })).noiseScale as number[],
          ),
        )
      const [epoch, share] = attributes.get('data-noise')!.split(' ').map(Number) as [number, number]
      const sorted = scales
        .get(query)!
        .map((scale) => scale[epoch]!)
        .toSorted((a, b) => a - b)
      const position = share * (sorted.length - 1)
      const [below, above] = [sorted[Math.floor(position)]!, sorted[Math.ceil(position)]!]
      const expected = below + (above - below) * (position % 1)
      expect(Math.abs(read(text) - expected)).toBeLessThanOrEqual(0.5 + 1e-5 * expected)
    }
  }, 120_000)

  it('say how rough the last epochs are, pair by pair', () => {
    const late = having('data-late')
    expect(late.length).toBe(48)
    const known = new Map<string, number[]>()
    const roughness = (query: string, epochs: number) => {
      const spec = specOf(query)
      const numbers = numbersOf(spec)
      return Array.from({ length: spec.seeds }, (_, run) => {
        const last = column(numbers, spec, run, 'testAccuracy').slice(-epochs - 1)
        let sum = 0
        for (let index = 1; index < last.length; index++) sum += (last[index]! - last[index - 1]!) ** 2
        return Math.sqrt(sum / epochs / 2)
      })
    }
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value / values.length, 0)
    for (const { attributes, text } of late) {
      const [epochs, end] = attributes.get('data-late')!.split(' ') as [string, string]
      const [own, other] = ['data-in', 'data-over'].map((key) => {
        const query = attributes.get(key)!
        const values = known.get(query) ?? roughness(query, Number(epochs))
        known.set(query, values)
        return values
      }) as [number[], number[]]
      const ratio = mean(own) / mean(other)
      if (end === 'value') expect(Math.abs(read(text) - ratio)).toBeLessThanOrEqual(2 * halfUnit(text))
      else expect(Math.sign(read(text) - ratio)).toBe(end === 'low' ? -1 : 1)
    }
  }, 240_000)

  it('say what is measured outside of results', () => {
    const values = having('data-measured')
    expect(values.length).toBe(7)
    for (const { attributes, text } of values) {
      const spec = specOf(attributes.get('data-in')!)
      const [name, size = 0] = attributes
        .get('data-measured')!
        .split(' ')
        .map((part, index) => (index ? Number(part) : part))
      const split = splitDataset(makeDataset(spec))
      let expected = 0
      if (name === 'sortedAccuracy') {
        const { train } = split
        const order = Array.from(train.labels.keys()).toSorted((a, b) => train.labels[a]! - train.labels[b]! || a - b)
        const inputs = Float32Array.from(order.flatMap((row) => [train.inputs[2 * row]!, train.inputs[2 * row + 1]!]))
        const labels = Uint8Array.from(order, (row) => train.labels[row]!)
        const sorted = { ...split, train: { ...train, inputs, labels } }
        const numbers = runToEnd(trainFused(spec, sorted, new Slice()))
        for (let run = 0; run < spec.seeds; run++)
          expected += column(numbers, spec, run, 'testAccuracy')[spec.epochs - 1]! / spec.seeds
      } else if (name === 'flattery') {
        const numbers = numbersOf(spec)
        for (let run = 0; run < spec.seeds; run++) {
          const accuracies = Array.from(column(numbers, spec, run, 'testAccuracy'))
          const level = accuracies.slice(150).reduce((sum, accuracy) => sum + accuracy / 50, 0)
          expected += (Math.max(...accuracies) - level) / spec.seeds
        }
      } else {
        const network = new FusedNetwork(spec, split)
        network.begin(spec.seed)
        network.advance(spec.epochs)
        const width = split.test.features
        const parts: number[] = []
        for (let from = 0; from < split.test.count; from += Number(size)) {
          const inputs = split.test.inputs.subarray(width * from, width * (from + Number(size)))
          const { classes } = network.predict(inputs)
          parts.push(
            classes.filter((found, index) => found === split.test.labels[from + index]).length / classes.length,
          )
        }
        network.dispose()
        expected = parts.reduce((sum, part) => sum + part / parts.length, 0)
      }
      expect(Math.abs(read(text) - expected)).toBeLessThanOrEqual(halfUnit(text))
    }
  }, 120_000)

  it('say how much of a rare class is recognized', () => {
    const rare = having('data-rare')
    expect(rare.length).toBe(6)
    for (const { attributes, text } of rare) {
      const spec = specOf(attributes.get('data-in')!)
      const { train, test } = splitDataset(makeDataset(spec))
      const ofClass = Array.from(train.labels.keys()).filter((row) => train.labels[row] === 0)
      const kept = Array.from(train.labels.keys()).filter(
        (row) => train.labels[row] !== 0 || ofClass.indexOf(row) % 10 === 0,
      )
      const inputs = Float32Array.from(kept.flatMap((row) => [train.inputs[2 * row]!, train.inputs[2 * row + 1]!]))
      const labels = Uint8Array.from(kept, (row) => train.labels[row]!)
      const network = new FusedNetwork(spec, { train: { ...train, count: kept.length, inputs, labels }, test })
      const recalls = Array.from({ length: spec.seeds }, (_, run) => {
        network.begin(spec.seed + run)
        network.advance(spec.epochs)
        const { classes } = network.predict(test.inputs)
        const rows = Array.from(test.labels.keys()).filter((row) => test.labels[row] === 0)
        return rows.filter((row) => classes[row] === 0).length / rows.length
      })
      network.dispose()
      const mean = recalls.reduce((sum, recall) => sum + recall / recalls.length, 0)
      const squares = recalls.reduce((sum, recall) => sum + (recall - mean) ** 2, 0)
      const expected = attributes.get('data-rare') === 'mean' ? mean : Math.sqrt(squares / (recalls.length - 1))
      expect(Math.abs(read(text) - expected)).toBeLessThanOrEqual(halfUnit(text) + 1e-5)
    }
  }, 60_000)

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
    expect(printedAccuracies).toEqual(Object.fromEntries(golden))
  })
})

/** What is said of logs: by the definitions of the experiments, with signs that their experiments show. */
import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { describeRun } from '#experiment/result/run.ts'
import { specQuery } from '#experiment/spec/permalink.ts'
import { presets } from '#experiment/spec/presets.ts'

import { analyze, standardErrorOf } from '../../../../../site/src/client/logs/analysis.ts'
import { compareLogs } from '../../../../../site/src/client/logs/comparison.ts'
import { checklist, diagnose, type ChecklistRow, type SignName } from '../../../../../site/src/client/logs/diagnosis.ts'
import { batchSizeIn, noiseFromNorms } from '../../../../../site/src/client/logs/gradient-norms.ts'
import { seriesOf, type MetricSeries } from '../../../../../site/src/client/logs/series.ts'
import { thinLine } from '../../../../../site/src/client/logs/thin-line.ts'
import { numbersOf } from '../../../../support/trained.ts'
import { evidenceOf, kerasCsv, readText } from '../../../../support/training-logs.ts'

/** A metric with values at epochs 1, 2, 3, … */
function seriesFrom(values: readonly number[], more: Partial<MetricSeries> = {}): MetricSeries {
  const x = Float64Array.from(values, (_, index) => index + 1)
  const nothing = new Float64Array()
  return {
    name: 'val_accuracy',
    xName: 'epoch',
    better: 'higher',
    isShare: true,
    x,
    y: Float64Array.from(values),
    positions: { unit: 'line', at: Array.from(x, (epoch) => epoch + 1) },
    replaced: { x: nothing, y: nothing },
    ...more,
  }
}

/** Reproducible noise between −1 and 1. */
function noise(count: number): number[] {
  let state = 1
  return Array.from({ length: count }, () => {
    state = (state * 48271) % 2147483647
    return (2 * state) / 2147483647 - 1
  })
}

async function diagnosisOf(csv: string, examples?: number) {
  const { logs } = await readText(csv)
  return diagnose(evidenceOf(logs[0]!, examples)!)
}

describe('the numbers of a log', () => {
  it.each(presets.slice(0, 4))('are those of the experiment that wrote it: $slug', async ({ spec }) => {
    const run = describeRun(spec, numbersOf(spec), 0)
    const { logs } = await readText(kerasCsv(specQuery(spec).toString()))
    const { validation } = evidenceOf(logs[0]!)!
    expect(validation.instability).toBeCloseTo(run.instability!, 6)
    expect(validation.drift).toBeCloseTo(run.drift!, 6)
    expect(validation.drifting !== undefined).toBe(run.stillLearning)
    expect(validation.last!.value).toBeCloseTo(run.final.testAccuracy!, 6)
    // Keras counts epochs from 0.
    expect(validation.reaches80).toBe(run.epochsTo80 === null ? null : run.epochsTo80 - 1)
  })

  it('have the best epoch, and how much it flatters', () => {
    const analysis = analyze(seriesFrom([0.5, 0.9, ...Array<number>(6).fill(0.7)]))
    expect(analysis.best).toEqual({ value: 0.9, x: 2, position: 3 })
    expect(analysis.level).toBeCloseTo(0.7)
    expect(analysis.flattery).toBeCloseTo(0.2)
    const loss = analyze(seriesFrom([3, 1, 2, 2], { better: 'lower', isShare: false }))
    expect([loss.best!.value, loss.flattery]).toEqual([1, 1])
  })

  it('have no instability under 40 epochs or after divergence', () => {
    expect(analyze(seriesFrom(noise(39))).instability).toBeNull()
    expect(analyze(seriesFrom(noise(40))).instability).toBeGreaterThan(0)
    const diverged = analyze(seriesFrom([...noise(50), Infinity, Infinity]))
    expect(diverged).toMatchObject({ instability: null, level: null, divergedAt: { x: 51, position: 52 } })
    expect(analyze(seriesFrom([0.1, Infinity, 0.3]))).toMatchObject({ divergedAt: undefined, gaps: 1 })
  })

  it('have a standard error with the number of validation examples', () => {
    expect(standardErrorOf(0.8, 400)).toBeCloseTo(0.02)
    expect(analyze(seriesFrom([0.8, 0.8]), 400).standardError).toBeCloseTo(0.02)
    expect(analyze(seriesFrom([0.8, 0.8])).standardError).toBeNull()
    expect(analyze(seriesFrom([2, 2], { isShare: false }), 400).standardError).toBeNull()
  })
})

describe('the checklist', () => {
  const rows = Object.entries(checklist) as [SignName, ChecklistRow][]
  /** Signs that no experiment of the playground can show as they are: one of them needs a count, the other a passing nan. */
  const notShown = new Set<SignName>(['passingGaps'])

  it.each(rows.filter(([name]) => !notShown.has(name)))(
    'has an experiment that shows it: %s',
    async (name, { experiment }) => {
      const found = await diagnosisOf(kerasCsv(experiment), 75)
      expect(found.map((finding) => finding.name)).toContain(name)
      for (const { evidence } of found) expect(evidence).toMatch(/\d/)
    },
  )

  it.each(['batchSize=32', 'batchSize=256', 'dataset=penguins&batchSize=16', 'scaling=standard&batchSize=64'])(
    'finds nothing in a training that went well: %s',
    async (query) => expect(await diagnosisOf(kerasCsv(query))).toEqual([]),
  )

  it('finds nothing in noise that is small, and says so of noise that is not', () => {
    const around = (size: number) => noise(80).map((value) => 0.8 + size * value)
    expect(diagnose({ validation: analyze(seriesFrom(around(0.004))) })).toEqual([])
    expect(diagnose({ validation: analyze(seriesFrom(around(0.05))) })[0]).toMatchObject({
      name: 'rough',
      evidence: expect.stringMatching(/instability of 0\.0\d+ over the last 20 values/),
    })
  })

  it('does not call noise of a short log a zigzag', () => {
    const turns = Array.from({ length: 60 }, (_, index) => 0.8 + 0.05 * (index % 2))
    expect(diagnose({ validation: analyze(seriesFrom(turns)) }).map(({ name }) => name)).not.toContain('zigzag')
    const long = [...turns, ...turns]
    expect(diagnose({ validation: analyze(seriesFrom(long)) }).map(({ name }) => name)).toContain('zigzag')
  })

  it('says which value is passing nan', async () => {
    const lines = Array.from({ length: 50 }, (_, epoch) => `${epoch},${epoch === 20 ? 'nan' : 1 / (epoch + 1)},0.8`)
    const found = await diagnosisOf(['epoch,loss,val_accuracy', ...lines].join('\n'))
    expect(found.find(({ name }) => name === 'passingGaps')?.evidence).toMatch(/^loss is not finite 1 of 50 times/)
  })
})

describe('two logs', () => {
  const named = (name: string, values: readonly number[], examples?: number) => ({
    name,
    validation: analyze(seriesFrom(values), examples),
    examples,
    isDiverged: values.includes(Infinity),
  })
  const flat = (level: number, size: number) => noise(80).map((value) => level + size * value)

  it('cannot be told apart where their difference is within chance, and it says what would', () => {
    const [said] = compareLogs(named('a', flat(0.8, 0.01), 500), named('b', flat(0.81, 0.01), 500))
    expect(said).toMatch(
      /^b is better by 0\.0100 .* within two standard errors .* cannot tell this difference from chance/,
    )
    expect(said).toMatch(/It takes about \d.*000 validation examples instead of 500/)
    const [bySeeds] = compareLogs(named('a', flat(0.8, 0.04)), named('b', flat(0.81, 0.04)))
    expect(bySeeds).toMatch(/of the instability\. One run each .* It takes about \d+ seeds of each/)
  })

  it('differ where the difference is larger, and even that needs other seeds', () => {
    const [said] = compareLogs(named('a', flat(0.6, 0.01), 500), named('b', flat(0.8, 0.01), 500))
    expect(said).toMatch(/^b is better by 0\.200 .*, more than two standard errors .* needs several seeds of each/)
  })

  it('differ in roughness only where chance over so few epochs does not explain it', () => {
    const said = (size: number) => compareLogs(named('a', flat(0.8, 0.02)), named('b', flat(0.8, size))).join('\n')
    expect(said(0.002)).toMatch(/a is rougher/)
    expect(said(0.019)).toMatch(/a looks rougher .* two equal runs differ as much/)
  })

  it('do not compare where one diverged, or where the metrics differ', () => {
    expect(compareLogs(named('a', flat(0.8, 0.01)), named('b', [0.5, Infinity]))).toEqual([
      'b diverged, so its end cannot be compared.',
    ])
    const loss = {
      name: 'b',
      validation: analyze(seriesFrom([2, 1], { better: 'lower', isShare: false })),
      examples: undefined,
      isDiverged: false,
    }
    expect(compareLogs(named('a', [0.5, 0.6]), loss)[0]).toMatch(/cannot be compared/)
  })
})

describe('the noise scale from gradient norms', () => {
  it('is that of gradients with a known one', () => {
    // |G|² = 4 and tr Σ = 200, so the noise scale is 50; the squared norm at batch B is 4 + 200 / B.
    const norms = (size: number) => ({
      size,
      norms: seriesFrom(Array<number>(10).fill(Math.sqrt(4 + 200 / size)), { isShare: false }),
    })
    expect(noiseFromNorms(norms(256), norms(16))).toMatchObject({ noiseScale: expect.closeTo(50, 6), count: 10 })
    expect(noiseFromNorms(norms(16), norms(16))).toMatchObject({ problem: expect.stringMatching(/two different/) })
    const swapped = { ...norms(16), size: 512 }
    expect(noiseFromNorms(swapped, norms(256))).toMatchObject({ problem: expect.stringMatching(/not longer/) })
  })

  it('finds batch sizes in names', () => {
    expect(['grad_norm_256', 'run-batch-32.csv', 'bs=16', 'b8', 'resnet18'].map(batchSizeIn)).toEqual([
      256,
      32,
      16,
      8,
      undefined,
    ])
  })

  it('is found in the sample with norms at two sizes', async () => {
    const { logs } = await readText(readFileSync('site/public/samples/pytorch-gradient-norms.csv', 'utf8'))
    const [log] = logs
    const of = (name: string | undefined) => ({ size: batchSizeIn(name!)!, norms: seriesOf(log!, name)! })
    const found = noiseFromNorms(of(log!.roles.gradientNorm), of(log!.roles.otherGradientNorm))
    expect(found).toMatchObject({ noiseScale: expect.any(Number), count: 240 })
  })
})

describe('a thinned line', () => {
  it('has the least and the largest value of each column of pixels, in their order, and its ends', () => {
    const values = noise(100_000)
    values[61_803] = 5
    const across = values.map((_, index) => index / 200)
    const line = thinLine(across, values)
    expect(line.values.length).toBeLessThanOrEqual(4 * 500)
    expect(line.across).toEqual(line.across.toSorted((a, b) => a - b))
    for (let pixel = 0; pixel < 500; pixel += 50) {
      const all = values.slice(pixel * 200, (pixel + 1) * 200)
      const kept = line.values.filter((_, index) => Math.floor(line.across[index]!) === pixel) as number[]
      expect([Math.min(...kept), Math.max(...kept)]).toEqual([Math.min(...all), Math.max(...all)])
      expect([kept[0], kept.at(-1)]).toEqual([all[0], all.at(-1)])
    }
    expect(Math.max(...(line.values as number[]))).toBe(5)
  })

  it('is interrupted where a value is not finite', () => {
    expect(thinLine([0, 1, 2, 3, 4], [1, Infinity, NaN, 2, 3]).values).toEqual([1, null, 2, 3])
  })
})

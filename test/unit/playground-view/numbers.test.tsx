/** What came of an experiment, in the numbers beside its curves. */
import { renderToString } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'

import { decimal, digitsOf, missing, spread } from '#charts/text/format.ts'
import type { ExperimentResult, Run } from '#experiment/result/result.ts'
import { summarize } from '#experiment/result/summary.ts'
import { pairedDifferencesText, KeyNumbers, pinnedOf, sourceInWords } from '#playground-view/key-numbers.tsx'
import { RunsTable } from '#playground-view/runs-table.tsx'

import { drawingOf } from '../../support/drawings.ts'

const [three] = (await drawingOf('learning-curves', [{ seeds: 3, epochs: 40, seed: 7 }])).results
const [one] = (await drawingOf('learning-curves', [{ epochs: 40, batchSize: 64 }])).results

const textsOf = (html: string, tag: string) =>
  [...html.matchAll(new RegExp(`<${tag}[^>]*>(.*?)</${tag}>`, 'gs'))].map(([, text]) =>
    text!.replaceAll(/<[^>]*>|<!--.*?-->/g, '').trim(),
  )

/** The values of the row with their notes. */
const keyNumbers = (result: ExperimentResult) => textsOf(renderToString(<KeyNumbers result={result} />), 'dd')
const cellsOf = (html: string) =>
  textsOf(html, 'tr').length === 0
    ? []
    : [...html.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row]) => textsOf(row!, 't[hd]'))

/** A result with other runs. */
const withRuns = (result: ExperimentResult, runs: Run[]): ExperimentResult => ({
  ...result,
  runs,
  summary: summarize(runs),
})
const diverged = (run: Run): Run => ({
  ...run,
  diverged: true,
  final: { trainLoss: null, trainAccuracy: null, testLoss: null, testAccuracy: null },
  instability: null,
  drift: null,
  stillLearning: false,
  epochsTo80: null,
})

describe('the key numbers', () => {
  it('say when an experiment meets the challenge, which takes a shuffle', async () => {
    const grown = { batchSize: 4, batchSizeSchedule: '50:256', seeds: 30 }
    const specs = [grown, { ...grown, seeds: 29 }, { batchSize: 4, seeds: 30 }, { ...grown, shuffle: false }]
    const met = specs.map(async (spec) => {
      const [result] = (await drawingOf('learning-curves', [spec])).results
      return keyNumbers(result).some((text) => text.includes('meets the challenge'))
    })
    expect(await Promise.all(met)).toEqual([true, false, false, false])
  })

  it('of a run under way are not those of one that diverged', () => {
    const run = { ...diverged(one.runs[0]!), diverged: false }
    const growing = { ...withRuns(one, [run]), summary: { ...summarize([run]), runs: 0, diverged: 0 } }
    expect(keyNumbers(growing).slice(2, 6)).toEqual([missing, 'known at the end', missing, 'not reached yet'])
    expect(sourceInWords(growing)).toBe('The first run, with seed 1, is not over.')
  })

  it('of one run are that run’s', () => {
    const { final, instability, epochsTo80, stillLearning } = one.runs[0]!
    expect(keyNumbers(one)).toEqual([
      decimal(final.testAccuracy),
      `after epoch 40: train ${decimal(final.trainAccuracy)}`,
      decimal(instability, digitsOf.instability),
      `epochs 31 to 40: ${stillLearning ? 'still learning' : 'lower is calmer'}`,
      String(epochsTo80),
      'first reached then',
      '320',
      '8 an epoch',
    ])
    expect(sourceInWords(one)).toBe('One run, with seed 1.')
  })

  it('of several are their means with the deviations, whichever run is first', () => {
    const values = keyNumbers(three)
    expect(values).toEqual(keyNumbers(withRuns(three, three.runs.toReversed())))
    const { final, instability } = three.summary
    expect(values[0]).toBe(`${decimal(final.testAccuracy.mean)} ± ${decimal(final.testAccuracy.sd)}`)
    expect(values[2]).toBe(`${decimal(instability.mean, 4)} ± ${decimal(instability.sd, 4)}`)
    expect(values.slice(5)).toEqual(['reached by 3 of 3 runs', '640', '16 an epoch, in each run'])
    expect(sourceInWords(three)).toBe(
      'Mean ± standard deviation of 3 runs, with seeds 7 to 9. Epochs to 0.80: the median.',
    )
  })

  it('say where there are none: a run that diverged, runs that are too short', () => {
    const lost = withRuns(one, [diverged(one.runs[0]!)])
    expect(keyNumbers(lost).slice(0, 6)).toEqual([
      missing,
      `after epoch 40: train ${missing}`,
      missing,
      'it diverged',
      missing,
      'not reached',
    ])
    const short = withRuns({ ...one, spec: { ...one.spec, epochs: 5 } }, [
      { ...one.runs[0]!, instability: null, stillLearning: false },
    ])
    expect(keyNumbers(short)[3]).toBe('needs 40 epochs, not 5')
    const mixed = withRuns(three, [diverged(three.runs[0]!), ...three.runs.slice(1)])
    expect(sourceInWords(mixed)).toContain('of 3 runs, without the 1 that diverged, with')
  })
})

describe('the key numbers beside a pinned experiment', () => {
  const beside = (result: ExperimentResult, pinned: ExperimentResult) => {
    const both = pinnedOf(result, pinned)!
    const html = renderToString(<KeyNumbers result={result} pinned={both} />)
    const rows = [...html.matchAll(/<dd class="key-pinned">(.*?)<\/dd>/gs)].map(([, text]) =>
      text!.replaceAll(/<br\s?\/?>/g, ' | ').replaceAll(/<[^>]*>|<!--.*?-->/g, ''),
    )
    return { rows, words: pairedDifferencesText(both), source: sourceInWords(both.own), comparison: both.comparison }
  }

  it('have the pinned ones, and from 5 seeds on differences with their interval, paired', async () => {
    const [six] = (await drawingOf('learning-curves', [{ seeds: 6, epochs: 40, batchSize: 4 }])).results
    const [calm] = (await drawingOf('learning-curves', [{ seeds: 6, epochs: 40, batchSize: 'full' }])).results
    const { rows, words, comparison } = beside(six, calm)
    const { value, low, high } = comparison.quantities.instability.difference
    const [, sign, size, half] = /B − A: ([+−])(\S+)\s±\s(\S+)$/.exec(rows[1]!) ?? []
    expect(sign).toBe(value! > 0 ? '+' : '−')
    expect(Math.abs(Number(size) - Math.abs(value!))).toBeLessThanOrEqual(
      0.5 * Number(`1e-${size!.split('.')[1]!.length}`),
    )
    // Rounded up, by less than one of the last digit.
    const spare = Number(half) - (high! - low!) / 2
    expect(spare).toBeGreaterThanOrEqual(-1e-9)
    expect(spare).toBeLessThan(Number(`1e-${half!.split('.')[1]!.length}`))
    expect(rows[0]).toContain(`A ${decimal(calm.summary.final.testAccuracy.mean)}`)
    expect(rows[3]).toBe('A 40 B − A: +4960')
    expect(words).toBe(
      'Differences: one experiment less the other, seed by seed, with half of their 95 % interval in 6 seeds.',
    )
    expect(beside(calm, six).rows[3]).toBe('A 5000 B − A: −4960')
    expect(/B − A: (.)/.exec(beside(calm, six).rows[1]!)?.[1]).toBe(value! > 0 ? '−' : '+')
  })

  it('are all of the same runs, where one of the two has fewer', async () => {
    const [six] = (await drawingOf('learning-curves', [{ seeds: 6, epochs: 40, batchSize: 4 }])).results
    const [calm] = (await drawingOf('learning-curves', [{ seeds: 6, epochs: 40, batchSize: 'full' }])).results
    const only = (result: ExperimentResult) =>
      withRuns(
        result,
        [0, 1, 4].map((run) => result.runs[run]!),
      )
    const [own, pinned] = [only(six).summary, only(calm).summary]
    for (const { rows, source, comparison } of [beside(six, only(calm)), beside(only(six), calm)]) {
      expect(rows[1]).toContain(`A ${spread(pinned.instability, digitsOf.instability)}`)
      const apart = own.instability.mean! - pinned.instability.mean!
      expect(comparison.quantities.instability.difference.value).toBeCloseTo(apart, 6)
      expect(source).toBe('Mean ± standard deviation of 3 runs, with seeds 1, 2 and 5. Epochs to 0.80: the median.')
    }
  })

  it('have no interval of fewer seeds, and no difference where there is none to tell', () => {
    const { rows, words } = beside(three, withRuns(three, [diverged(three.runs[0]!), ...three.runs.slice(1)]))
    expect(rows[0]).toMatch(/ B − A: 0\.000$/)
    // Of the epochs to 0.8 the pinned one lacks a run: a mean without it would flatter.
    expect(rows[2]).not.toContain('−')
    expect(words).toBe('Differences: one experiment less the other, of 3 seeds. From 5 seeds on they have an interval.')
    expect(beside(one, three).words).toBe('There is no seed that both experiments have, so they cannot be paired.')
    expect(beside(one, one).words).toContain('of one seed.')
  })

  it('call the other one B where the shown one is A', () => {
    const html = renderToString(<KeyNumbers result={one} pinned={pinnedOf(one, one)} side="A" />)
    expect(html.replaceAll(/<[^>]*>|<!--.*?-->/g, '')).toMatch(/A 0\.\d+.*B 0\.\d+ .*A − B: 0\.000/)
  })
})

describe('the key numbers at the cursor', () => {
  it('are those after its epoch, with the updates made by then', async () => {
    const [result] = (await drawingOf('learning-curves', [{ batchSize: 4, epochs: 40 }])).results
    const html = renderToString(<KeyNumbers result={result} place={{ epoch: 7, step: 2 }} />)
    const { testAccuracy, trainAccuracy } = result.runs[0]!.history!
    const text = html.replaceAll(/<[^>]*>|<!--.*?-->/g, ' ').replaceAll(/\s+/g, ' ')
    expect(text).toContain(
      `test accuracy ${decimal(testAccuracy[6])} after epoch 7: train ${decimal(trainAccuracy[6])}`,
    )
    expect(text).toContain('updates 877 of 5000, 125 an epoch')
    // At the end they are as without a cursor.
    const atEnd = renderToString(<KeyNumbers result={result} place={{ epoch: 40, step: 0 }} />)
    expect(atEnd).toBe(renderToString(<KeyNumbers result={result} />))
  })
})

describe('the table of runs', () => {
  it('has a row for each run with its own numbers, and what they say together below', () => {
    const [head, ...rows] = cellsOf(renderToString(<RunsTable result={three} />))
    expect(head).toEqual([
      'seed',
      'test accuracy',
      'instability',
      'epochs to 0.80',
      'drift',
      'train accuracy',
      'test loss',
      'train loss',
    ])
    const expected = three.runs.map(({ seed, final, instability, drift, epochsTo80 }) => [
      String(seed),
      decimal(final.testAccuracy),
      decimal(instability, 4),
      String(epochsTo80 ?? missing),
      decimal(drift, 4),
      decimal(final.trainAccuracy),
      decimal(final.testLoss),
      decimal(final.trainLoss),
    ])
    expect(expected.map(([seed]) => seed)).toEqual(['7', '8', '9'])
    expect(new Set(expected.map(String)).size).toBe(3)
    expect(rows.slice(0, 3)).toEqual(expected)
    expect(rows[3]![0]).toBe('mean ± sd')
    expect(rows).toHaveLength(4)
  })

  it('says of a run that it diverged, and of one run nothing together', () => {
    const rows = cellsOf(renderToString(<RunsTable result={withRuns(one, [diverged(one.runs[0]!)])} />))
    expect(rows.slice(1)).toEqual([['1, diverged', ...Array<string>(7).fill(missing)]])
  })
})

/** A sweep as data: its rows, and its table. */
import fc from 'fast-check'
import { expect, it } from 'vitest'

import { sweepColumns, sweepCsv, sweepOf, sweepRow, SweepAnswer, type SweepRow } from '#experiment/result/sweep-rows.ts'
import type { ExperimentSpec, SpecField } from '#experiment/spec/spec.ts'
import { completeSpec } from '#experiment/spec/spec.ts'

import { fieldsAndSpec } from '../../support/arbitrary-spec.ts'
import { drawingOf } from '../../support/drawings.ts'

const [result] = (await drawingOf('sweep', [{ batchSize: 'full', epochs: 40, seeds: 4, learningRate: 0.1 }])).results
const { summary, digest, fingerprint } = result
const rowOf = (spec: ExperimentSpec, varied: readonly SpecField[], of = summary): SweepRow =>
  sweepRow(spec, varied, { summary: of, digest, fingerprint })

/** A table as records, a cell without a number as null. */
function recordsOf(csv: string): Record<string, string>[] {
  const [header = '', ...lines] = csv.split('\r\n')
  expect(lines.pop()).toBe('')
  const names = header.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    expect(cells).toHaveLength(names.length)
    return Object.fromEntries(cells.map((cell, index) => [names[index], cell]))
  })
}

it('a row has what varies, how long it trained, its statistics, and what proves and shows it', () => {
  const row = rowOf(result.spec, ['batchSize', 'learningRate'])
  expect(row).toEqual({
    settings: { batchSize: 'full', learningRate: 0.1 },
    epochs: 40,
    updates: 40,
    summary,
    digest,
    fingerprint,
    permalink: '/playground?batchSize=full&epochs=40&learningRate=0.1&seeds=4',
  })
  const sweep = sweepOf(['batchSize', 'learningRate'], 'epochs', [row])
  expect(SweepAnswer.parse(sweep)).toEqual(sweep)
  expect(rowOf(completeSpec({ batchSize: 40 }), []).updates).toBe(200 * 13)
})

it('the table has the numbers of the rows', () => {
  const [row] = recordsOf(sweepCsv({ varied: ['batchSize'], rows: [rowOf(result.spec, ['batchSize'])] }))
  const { final, instability, epochsTo80 } = summary
  expect(row).toMatchObject({
    batchSize: 'full',
    epochs: '40',
    updates: '40',
    runs: '4',
    diverged: '0',
    stillLearning: String(summary.stillLearning),
    digest,
    fingerprint,
    permalink: result.permalink,
  })
  expect(
    ['trainLossMean', 'trainAccuracySd', 'testLossSd', 'testAccuracyMean', 'instabilityMean'].map((name) =>
      Number(row![name]),
    ),
  ).toEqual([
    final.trainLoss.mean,
    final.trainAccuracy.sd,
    final.testLoss.sd,
    final.testAccuracy.mean,
    instability.mean,
  ])
  const quartilesOf = (quantity: string) =>
    ['P25', 'P50', 'P75'].map((name) => row![quantity + name]!).map((cell) => (cell === '' ? null : Number(cell)))
  expect(quartilesOf('instability')).toEqual(instability.quartiles)
  expect(row!['epochsTo80Reached']).toBe(String(epochsTo80.reached))
  expect(quartilesOf('epochsTo80')).toEqual(epochsTo80.quartiles)
})

it('a cell without a number is empty', () => {
  const none: SweepRow['summary'] = {
    ...summary,
    diverged: 4,
    final: { ...summary.final, testLoss: { ...summary.final.testLoss, mean: null, sd: null } },
    instability: { ...summary.instability, mean: null, quartiles: [null, null, null] },
    epochsTo80: { reached: 0, quartiles: [null, null, null] },
  }
  const [row] = recordsOf(sweepCsv({ varied: ['seed'], rows: [rowOf(result.spec, ['seed'], none)] }))
  for (const name of ['testLossMean', 'testLossSd', 'instabilityMean', 'instabilityP50', 'epochsTo80P25'])
    expect([name, row![name]]).toEqual([name, ''])
  expect(row!['diverged']).toBe('4')
})

it('every spec and every pair of fields makes a table without quotes, formulas or a column that comes twice', () => {
  const fields = Object.keys(completeSpec({})) as SpecField[]
  fc.assert(
    fc.property(fieldsAndSpec, fc.subarray(fields, { maxLength: 2 }), ({ spec }, varied) => {
      const csv = sweepCsv({ varied, rows: [rowOf(spec, varied), rowOf(spec, varied)] })
      expect(csv).not.toMatch(/["']|(^|,|\n)[=+@-]/)
      const records = recordsOf(csv)
      expect(records).toHaveLength(2)
      expect(Object.keys(records[0]!)).toHaveLength(
        sweepColumns.length + varied.filter((field) => field !== 'epochs').length,
      )
    }),
    { numRuns: 200, seed: 3 },
  )
})

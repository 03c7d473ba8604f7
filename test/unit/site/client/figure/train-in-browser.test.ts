/** Figures that are trained in the browser, and set to other experiments. */
import { describe, expect, it } from 'vitest'

import { chartTypeOf } from '#charts/drawing.tsx'
import { completeView, curveSwitches } from '#charts/view.ts'
import { deriveResult } from '#experiment/result/derive.ts'
import { fingerprint } from '#experiment/result/numbers.ts'
import { completeSpec } from '#experiment/spec/spec.ts'

import { workerBadge, browserBadge } from '../../../../../site/src/client/figure/badge.ts'
import type { FigureProps } from '../../../../../site/src/client/figure/figure-props.ts'
import {
  prepare,
  setFigureProps,
  trainInBrowser,
  type TrainedAnswer,
} from '../../../../../site/src/client/figure/train-in-browser.ts'
import { Pool } from '../../../../../site/src/client/trainer/pool.ts'
import { createTrainer } from '../../../../../site/src/client/trainer/trainer.ts'
import { trainAll } from '../../../../support/train-all.ts'
import { workersHere } from '../../../../support/trainer-workers.ts'

const figureOf = (...queries: string[]): FigureProps => ({
  chart: 'small-multiples',
  needs: ['training', 'histories'],
  switches: curveSwitches,
  view: completeView(),
  engine: 'fused-1',
  varied: ['batchSize'],
  references: [],
  sizes: [],
  chartQuery: 'batchSize=4,32&seeds=5',
  stops: 200,
  experiments: queries.map((query) => ({
    name: query,
    query,
    fingerprint: '0123456789abcdef',
    seeds: Number(new URLSearchParams(query).get('seeds') ?? 1),
  })),
})

const two = () => figureOf('batchSize=4&seeds=5', 'batchSize=32&seeds=5')
function trainers() {
  const { start, started } = workersHere()
  const pool = new Pool(start, 2)
  return { create: () => createTrainer(pool), started }
}

describe('a figure trained here', () => {
  it('has a picture of the first runs, then all runs of one after the other: those of the Worker', async () => {
    const heard: TrainedAnswer[] = []
    const { signal } = new AbortController()
    await trainInBrowser(two(), { signal, onDrawing: (trained) => void heard.push(trained) }, trainers().create)
    expect(heard.map(({ done }) => done)).toEqual([0, 1, 2])
    expect(heard[0]!.drawing.results.map(({ summary }) => summary.runs)).toEqual([1, 1])
    for (const [index, batchSize] of [4, 32].entries()) {
      const spec = completeSpec({ batchSize, seeds: 5 })
      const { numbers } = trainAll(spec)
      const expected = deriveResult(
        spec,
        { digest: '', fingerprint: await fingerprint(numbers), numbers },
        { histories: 30 },
      )
      expect(heard.at(-1)!.drawing.results[index]).toEqual(expected)
    }
  })

  it('trains the first runs once, where they were prepared', async () => {
    const given = two()
    const { create, started } = trainers()
    const prepared = await prepare(given, create)
    const before = started.flatMap(({ orders }) => orders).length
    expect(await prepare(given, create)).toBe(prepared)
    expect(started.flatMap(({ orders }) => orders)).toHaveLength(before)
  })

  it('stops when it is told to', async () => {
    const controller = new AbortController()
    const heard: number[] = []
    const onDrawing = ({ done }: TrainedAnswer) => {
      heard.push(done)
      controller.abort()
    }
    await expect(trainInBrowser(two(), { signal: controller.signal, onDrawing }, trainers().create)).rejects.toThrow(
      /abort/,
    )
    expect(heard).toEqual([0])
  })

  it('gives the points and the boundary that its chart needs', async () => {
    const { needs } = chartTypeOf('decision-boundary')
    const given = { ...figureOf('dataset=moons&epochs=3'), chart: 'decision-boundary' as const, needs }
    const heard: TrainedAnswer[] = []
    const { signal } = new AbortController()
    await trainInBrowser(given, { signal, onDrawing: (trained) => void heard.push(trained) }, trainers().create)
    expect(heard.map(({ done }) => done)).toEqual([1])
    expect(heard[0]!.drawing.data!.points).toHaveLength(1000)
    expect(heard[0]!.drawing.boundary!.classes).toHaveLength(10_000)
  })
})

describe('a figure that is set', () => {
  it('has the fields otherwise in each experiment, canonical, and nothing built to compare with', () => {
    const set = setFigureProps(two(), new URLSearchParams('learningRate=0.0010&epoch=50'))
    expect(set.experiments.map(({ query, fingerprint: proof }) => [query, proof])).toEqual([
      ['batchSize=4&learningRate=0.001&seeds=5', ''],
      ['learningRate=0.001&seeds=5', ''],
    ])
    expect(set.chartQuery).toBe('batchSize=4,32&seeds=5&learningRate=0.0010')
  })

  it('stays as it is where only its cursor is set', () => {
    const given = two()
    expect(setFigureProps(given, new URLSearchParams('epoch=50'))).toBe(given)
  })

  it('refuses what makes one of several experiments, and what cannot be', () => {
    expect(() => setFigureProps(two(), new URLSearchParams('batchSize=8'))).toThrow(/batchSize=8 makes one of several/)
    expect(() => setFigureProps(two(), new URLSearchParams('batchSize=501'))).toThrow(/batchSize/)
  })
})

describe('the badge', () => {
  const result = (proof: string) => ({ fingerprint: proof, engine: { version: 'fused-1' } }) as never
  const edge = (proof: string) => ({ drawing: { results: [result(proof)] }, isComputedNow: false }) as never
  const built = figureOf('seeds=5')
  const set = setFigureProps(built, new URLSearchParams('momentum=0'))

  it('says what is trained here, and whether it is what was built', () => {
    expect(browserBadge(built, [result('')], 0)).toEqual({
      source: 'training in your browser',
      proof: 'one run so far',
    })
    expect(browserBadge(built, [result('0123456789abcdef00')], 1).proof).toBe('fingerprint equal to the built one')
    expect(browserBadge(built, [result('ff')], 1).proof).toBe('fingerprint differs from the built one')
    expect(browserBadge(set, [result('ff')], 1)).toEqual({ source: 'trained in your browser', proof: '' })
  })

  it('says whether the Worker has the same bits as the browser', () => {
    expect(workerBadge(set, edge('aa'), [result('aa')]).proof).toBe('equal to what your browser trained, bit for bit')
    expect(workerBadge(set, edge('aa'), [result('bb')]).proof).toBe('fingerprint differs from that of your browser')
    expect(workerBadge(set, edge('aa')).proof).toBe('')
    expect(workerBadge(built, edge('0123456789abcdef00')).proof).toBe('fingerprint equal to the built one')
  })
})

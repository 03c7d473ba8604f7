/** Maps trained by the real workers' code, in this thread. */
import { describe, expect, it } from 'vitest'

import { mapRun } from '#experiment/result/map-run.ts'
import { completeSpec } from '#experiment/spec/spec.ts'
import { specGrid } from '#experiment/spec/varied-values.ts'
import { churnBy } from '#training/churn.ts'
import { predictEpochsFused } from '#training/fused/predict.ts'

import { LiveMap, progressOf, type MapTraining } from '../../../../../site/src/client/map/live-map.ts'
import { Pool } from '../../../../../site/src/client/trainer/pool.ts'
import { createBackgroundTrainer, createTrainer } from '../../../../../site/src/client/trainer/trainer.ts'
import { trainAll } from '../../../../support/train-all.ts'
import { workersHere } from '../../../../support/trainer-workers.ts'

const small = completeSpec({ examples: 60, epochs: 40, hiddenUnits: '4' })
const grid = specGrid(small, ['batchSize', 'trainFraction'])

/** A map, and a promise of its next update that fulfils a condition. Frames come at once. */
function mapHere() {
  const { start, started } = workersHere()
  const pool = new Pool(start, 2)
  const updates: MapTraining[] = []
  let waiting: { is: (map: MapTraining) => boolean; resolve: (map: MapTraining) => void } | undefined
  const listener = {
    onUpdate: (map: MapTraining) => {
      updates.push(map)
      if (waiting?.is(map)) waiting.resolve(map)
    },
    onFailure: (why: string) => expect.unreachable(why),
  }
  const live = new LiveMap(createBackgroundTrainer(pool), listener, { frame: queueMicrotask, now: () => 0 })
  const until = (is: (map: MapTraining) => boolean) =>
    new Promise<MapTraining>((resolve) => {
      waiting = { is, resolve }
    })
  const orders = () => started.flatMap((one) => one.orders).filter((order) => order.do === 'train')
  return { live, pool, updates, until, orders }
}

const isOver = ({ status }: MapTraining) => status === 'over'

describe('a map', () => {
  it('has the runs that each experiment has alone, first one in every cell and then the others', async () => {
    const { live, updates, until } = mapHere()
    const over = until(isOver)
    live.show(grid, 3, false)
    const { runs } = await over
    grid.specs.forEach((spec, cell) => {
      if (!spec) return expect(runs[cell]).toEqual([])
      const all = { ...spec, seeds: 3 }
      const { numbers } = trainAll(all)
      expect(runs[cell]).toEqual([0, 1, 2].map((run) => mapRun(all, numbers, run, undefined)))
      return undefined
    })
    const firsts = updates.findIndex((map) => map.runs.every(({ length }, cell) => length > 0 || !grid.specs[cell]))
    expect(updates.slice(0, firsts).every((map) => map.runs.every(({ length }) => length <= 1))).toBe(true)
    expect(progressOf(updates.at(-1)!)).toBe(1)
    const progress = updates.map(progressOf)
    expect(progress).toEqual([...progress].sort((a, b) => a - b))
  })

  it('measures churn where it is asked for, the same as the API', async () => {
    const { live, until } = mapHere()
    const one = specGrid(small, ['trainFraction'])
    const over = until(isOver)
    live.show(one, 1, true)
    const { runs } = await over
    for (const [cell, spec] of one.specs.entries()) {
      const measuring = churnBy(predictEpochsFused, spec!)
      let piece = measuring.next()
      while (!piece.done) piece = measuring.next()
      expect(runs[cell]![0]!.churn).toBe(piece.value.mean)
    }
    expect(runs.some(([run]) => run!.churn! > 0)).toBe(true)
  })

  it('stops with what it has, and goes on from there', async () => {
    const { live, until, orders } = mapHere()
    const some = until(({ runs }) => runs.filter(({ length }) => length > 0).length >= 3)
    live.show(grid, 2, false)
    await some
    const stopped = until(({ status }) => status === 'stopped')
    live.stop()
    const { runs } = await stopped
    const [kept, before] = [runs.flat().length, orders().length]
    expect(kept).toBeGreaterThan(0)
    const over = until(isOver)
    live.resume()
    const end = await over
    expect(end.runs.flat().length).toBe(2 * grid.specs.filter((spec) => spec !== undefined).length)
    expect(orders().length - before).toBeLessThan(end.runs.flat().length - kept + 1)
    runs.forEach((had, cell) => expect(end.runs[cell]!.slice(0, had.length)).toEqual(had))
  })

  it('keeps the runs of the map before: more seeds train only what is new', async () => {
    const { live, until, orders } = mapHere()
    const first = until(isOver)
    live.show(grid, 1, false)
    await first
    const firstRuns = () => orders().filter(({ spec }) => spec.seed === small.seed).length
    const before = firstRuns()
    const more = until(({ status, seeds }) => status === 'over' && seeds === 2)
    live.show(grid, 2, false)
    await more
    expect(firstRuns()).toBe(before)
    const all = orders().length
    const again = until(isOver)
    live.show(specGrid(small, ['batchSize', 'trainFraction']), 2, false)
    await again
    expect(orders()).toHaveLength(all)
  })

  it('waits for the experiment of the page: a training that is asked for later is over before', async () => {
    const { live, pool, until, updates } = mapHere()
    const over = until(isOver)
    live.show(grid, 10, false)
    await until(({ runs }) => runs.flat().length > 1)
    await createTrainer(pool).train(small).done
    expect(isOver(updates.at(-1)!)).toBe(false)
    live.cancel()
    void over
  })
})

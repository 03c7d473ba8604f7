import { describe, expect, it } from 'vitest'

import type { ExperimentResult } from '#experiment/result/result.ts'

import { mostLogged, rowOf, RunsLog } from '../../../../../site/src/client/playground/runs-log.ts'
import { drawingOf } from '../../../../support/drawings.ts'

/** A browser's storage that may be full. */
function storage(room = Infinity) {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (value.length > room) throw new DOMException('full', 'QuotaExceededError')
      kept.set(key, value)
    },
  }
}

const [four] = (await drawingOf('learning-curves', [{ batchSize: 4, epochs: 60 }])).results
const [eight] = (await drawingOf('learning-curves', [{ batchSize: 8, epochs: 60 }])).results
const withSeed = (seed: number): ExperimentResult => ({ ...four, spec: { ...four.spec, seed } })

describe('the experiments that were looked at', () => {
  it('are kept for the next visit, newest first, each once, with their names', () => {
    const kept = storage()
    const log = new RunsLog(kept)
    log.add(four)
    log.rename('batchSize=4&epochs=60', 'rough')
    log.add(eight)
    log.add(four)
    const again = new RunsLog(kept)
    expect(again.rows.map(({ query, name }) => [query, name])).toEqual([
      ['batchSize=4&epochs=60', 'rough'],
      ['batchSize=8&epochs=60', ''],
    ])
    expect(again.rows[0]).toMatchObject({
      accuracy: four.summary.final.testAccuracy.mean,
      instability: four.summary.instability.mean,
      seeds: 1,
      diverged: 0,
    })
    expect(again.rows[0]!.curve).toMatch(/^[0-9a-z]{48}$/)
    again.remove('batchSize=8&epochs=60')
    expect(new RunsLog(kept).rows).toHaveLength(1)
    again.clear()
    expect(new RunsLog(kept).rows).toEqual([])
  })

  it('drop the oldest without a name beyond the most that are kept', () => {
    const log = new RunsLog(storage())
    log.add(withSeed(1))
    log.rename(log.rows[0]!.query, 'kept')
    for (let seed = 2; seed <= mostLogged + 5; seed++) log.add(withSeed(seed))
    expect(log.rows).toHaveLength(mostLogged)
    expect(log.rows.at(-1)!.name).toBe('kept')
    expect(log.rows.some(({ query }) => query.endsWith('seed=2'))).toBe(false)
  })

  it('last as long as the page where the browser keeps nothing, or has no room', () => {
    for (const kept of [undefined, storage(10)]) {
      const log = new RunsLog(kept)
      log.add(four)
      expect(log.rows).toHaveLength(1)
    }
  })

  it('of two tabs are one list: neither loses what the other added', () => {
    const kept = storage()
    const [one, other] = [new RunsLog(kept), new RunsLog(kept)]
    one.add(four)
    other.add(eight)
    one.rename('batchSize=8&epochs=60', 'of the other tab')
    expect(new RunsLog(kept).rows.map(({ query, name }) => [query, name])).toEqual([
      ['batchSize=8&epochs=60', 'of the other tab'],
      ['batchSize=4&epochs=60', ''],
    ])
  })

  it('keep those of a link beside what is there, whose names and places stay', () => {
    const log = new RunsLog(storage())
    log.add(four)
    log.rename(log.rows[0]!.query, 'mine')
    log.add(eight)
    const untrained = { ...rowOf(withSeed(7), 'new'), accuracy: null, curve: '' }
    expect(log.keep([rowOf(four, 'theirs'), untrained, rowOf(eight, 'theirs')])).toEqual({ added: 1, left: 0 })
    expect(log.rows.map(({ query, name }) => [query, name])).toEqual([
      ['batchSize=4&epochs=60&seed=7', 'new'],
      ['batchSize=8&epochs=60', 'theirs'],
      ['batchSize=4&epochs=60', 'mine'],
    ])
    log.fill(rowOf(withSeed(7)))
    log.fill(rowOf(withSeed(9)))
    expect(log.rows).toHaveLength(3)
    expect(log.rows[0]).toEqual(rowOf(withSeed(7), 'new'))
  })

  it('give up no row for those of a link', () => {
    const log = new RunsLog(storage())
    for (let seed = 1; seed < mostLogged; seed++) log.add(withSeed(seed))
    const before = log.rows
    const offered = [901, 902, 903].map((seed) => rowOf(withSeed(seed)))
    expect(log.keep(offered)).toEqual({ added: 1, left: 2 })
    expect(log.rows).toEqual([offered[0], ...before])
    expect(log.keep(offered)).toEqual({ added: 0, left: 2 })
  })

  it('leave out what another version or program has stored', () => {
    const kept = storage()
    for (const text of ['nonsense', '{}', '[1, null, {"query": "epochs=2"}]']) {
      kept.setItem('minibatch-runs', text)
      expect(new RunsLog(kept).rows).toEqual([])
    }
  })
})

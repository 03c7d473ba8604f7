import fc from 'fast-check'
import { expect, it } from 'vitest'

import { RunDistribution } from '../../../../../site/src/client/trainer/run-distribution.ts'

const runsAndWorkers = [fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 8 })] as const

const numbered = (runs: number) => Array.from({ length: runs }, (_, run) => run)

it('shares every run out once, the first to the first worker, and leaves nobody without while there are runs', () => {
  fc.assert(
    fc.property(...runsAndWorkers, fc.infiniteStream(fc.nat()), (runs, workers, chance) => {
      const sharing = new RunDistribution(numbered(runs), workers)
      const queues = Array.from({ length: workers }, () => [] as number[])
      const trained: number[] = []
      const share = (worker: number) => queues[worker]!.push(...sharing.take(worker))
      queues.forEach((_, worker) => share(worker))
      expect(queues[0]![0]).toBe(0)
      for (;;) {
        const busy = queues.flatMap((queue, worker) => (queue.length ? [worker] : []))
        if (busy.length === 0) break
        const worker = busy[chance.next().value! % busy.length]!
        expect(sharing.assignedTo(worker)).toEqual(queues[worker])
        const run = queues[worker]!.shift()!
        trained.push(run)
        sharing.end(worker, run)
        share(worker)
      }
      expect(trained.toSorted((a, b) => a - b)).toEqual(numbered(runs))
    }),
  )
})

it('shares so that workers of equal speed end within two runs of each other', () => {
  fc.assert(
    fc.property(...runsAndWorkers, (runs, workers) => {
      const sharing = new RunDistribution(numbered(runs), workers)
      const left = Array.from({ length: workers }, (_, worker) => sharing.take(worker))
      const ends = left.map(() => 0)
      for (let time = 1; left.some((queue) => queue.length); time++)
        left.forEach((queue, worker) => {
          const run = queue.shift()
          if (run === undefined) return
          ends[worker] = time
          sharing.end(worker, run)
          queue.push(...sharing.take(worker))
        })
      expect(Math.max(...ends)).toBeLessThanOrEqual(Math.ceil(runs / workers) + 2)
    }),
  )
})

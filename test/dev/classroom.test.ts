/** A class behind one address, in small: `npm run classroom` is the whole of it. With the limits of a deployment. */
import { afterAll, beforeAll, expect, it } from 'vitest'

import { fingerprint } from '#experiment/result/numbers.ts'
import { readSpec } from '#experiment/spec/permalink.ts'
import { trainNumbers } from '#training/by-engine.ts'

import { holdLesson } from '../support/classroom.ts'
import { startWranglerDev, type WranglerDev } from '../support/wrangler-dev.ts'

let dev: WranglerDev
beforeAll(async () => {
  dev = await startWranglerDev({ trainings: 'limited', builds: false })
}, 120_000)
afterAll(() => dev.stop())

it('every reader ends with every result, and none is left with an error', async () => {
  const lesson = { readers: 60, openWithin: 2, changes: 2, every: 1, articles: 2, figures: 3 }
  const { errors, refusals, waits, fingerprints } = await holdLesson(dev.url, lesson)
  expect(errors).toEqual([])
  expect([waits['permalink']!.count, waits['changed setting']!.count]).toEqual([60, 120])
  expect(waits['figure']!.count).toBe(6)
  // The share of one address is for classes: nobody was told to come back for a setting that was changed.
  expect(refusals[429] ?? 0).toBe(0)
  // What came is what was asked for, bit for bit.
  for (const [permalink, came] of [...fingerprints].slice(0, 12)) {
    const { spec } = readSpec(new URL(permalink, dev.url).searchParams, {}, 'refuse')
    const training = trainNumbers(spec)
    let slice = training.next()
    while (!slice.done) slice = training.next()
    expect([permalink, came]).toEqual([permalink, await fingerprint(slice.value)])
  }
}, 180_000)

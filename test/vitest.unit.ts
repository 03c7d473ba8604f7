import { defineConfig } from 'vitest/config'

/**
 * Those that train or draw much, or read the built site: is it true what the engines, the chapters and the pages say, and
 * do all pictures look as they should?
 */
export const truth = [
  'cards/cards',
  'charts/{raster,within}',
  'site/{browsers,kept-results,layers,libraries,numbers,pages,programs,prose,sets}',
  'training/{fused,layers}/**',
].map((files) => `test/unit/${files}.test.{ts,tsx}`)

/** How long an `expect.poll` waits, in milliseconds: as long as the slowest page takes on a busy machine. */
export const polling = { expect: { poll: { timeout: 30_000 } } }

export const unit = { ...polling, name: 'unit', include: ['test/unit/**/*.test.{ts,tsx}'], exclude: truth }

/**
 * The fast tests of one room alone: what a mutation tester runs a thousand times. Without those that start TensorFlow.js,
 * and in one process, but for those of a room that set the clock.
 */
const room = process.env['ROOM'] ?? '*'
const include = [`test/unit/${room}/**/*.test.{ts,tsx}`]
const exclude = [...truth, 'test/unit/results/trainings.test.ts']
const isolate = room === 'results' || room === '*'

export default defineConfig({ test: { ...unit, include, exclude, isolate } })

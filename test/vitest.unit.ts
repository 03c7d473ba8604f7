import { fileURLToPath } from 'node:url'

import { defineConfig } from 'vitest/config'

const filesOf = (names: readonly string[]) => names.map((files) => `test/unit/${files}.test.{ts,tsx}`)

/** Whether the engines agree with the float64 reference and the golden numbers, and the pages with the engines. */
export const reference = filesOf([
  'cards/cards',
  'site/{language,pages}',
  'training/fused/{fingerprints,kernel,recording,slices,step,wide}',
])

/**
 * What takes long by nature, for `npm run test:slow`: trainings of many seeds in every engine and library, every
 * drawing at every width, what the built files use of each browser.
 */
export const statistics = filesOf([
  'charts/{raster,within}',
  'http/large',
  'playground-view/examples',
  'results/memory',
  'site/{browsers,kept-results,layers,libraries,numbers,programs,prose}',
  'site/client/figure-links',
  'training/fused/{distributions,noise,remedies,table-distributions}',
  'training/layers/**',
])

const { PROPERTY_SEED = '1' } = process.env

/** What holds in every project. */
export const everywhere = {
  /** How long an `expect.poll` waits, in milliseconds: as long as the slowest page takes on a busy machine. */
  expect: { poll: { timeout: 30_000 } },
  setupFiles: [fileURLToPath(new URL('support/property-seed.ts', import.meta.url))],
  provide: { propertySeed: PROPERTY_SEED === 'random' ? undefined : Number(PROPERTY_SEED) },
}

export const unit = {
  ...everywhere,
  name: 'unit',
  include: ['test/unit/**/*.test.{ts,tsx}'],
  exclude: [...reference, ...statistics],
}

/**
 * The fast tests of one room alone: what a mutation tester runs a thousand times. Without those that start TensorFlow.js,
 * and in one process, but for those of a room that set the clock.
 */
const room = process.env['ROOM'] ?? '*'
const include = [`test/unit/${room}/**/*.test.{ts,tsx}`]
const exclude = [...reference, ...statistics, 'test/unit/results/trainings.test.ts']
const isolate = room === 'results' || room === '*'

export default defineConfig({ test: { ...unit, include, exclude, isolate } })

import { defineConfig } from 'vitest/config'

/**
 * Those that train or draw much, or read the built site: is it true what the engines, the chapters and the pages say, and
 * do all pictures look as they should?
 */
export const truth = [
  'cards/cards',
  'charts/{raster,within}',
  'site/{layers,numbers,pages,programs}',
  'training/{fused,layers}/**',
].map((files) => `test/unit/${files}.test.{ts,tsx}`)

export const unit = { name: 'unit', include: ['test/unit/**/*.test.{ts,tsx}'], exclude: truth }

/** The fast tests of one room alone: what a mutation tester runs a thousand times. */
const room = process.env['ROOM'] ?? '*'

export default defineConfig({ test: { ...unit, isolate: false, include: [`test/unit/${room}/**/*.test.{ts,tsx}`] } })

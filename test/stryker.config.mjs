/** Mutates one room, and runs that room's own fast tests: ROOM=experiment npx stryker run test/stryker.config.mjs */
import { globSync } from 'node:fs'

const room = process.env['ROOM'] ?? 'experiment'

/** What no fast test of a room runs. */
const untested = [
  // Pages are filled by workerd's HTMLRewriter, and tested there.
  '!worker/http/{embed,guide,playground,template}.{ts,tsx}',
  // The kernel is compiled from AssemblyScript, and TensorFlow.js starts in slow tests.
  '!worker/training/{fused/kernel,layers,tensorflow}/**',
]

/** What is mutated: a room of the Worker, or those files of the client that have a test in Node; others run in browsers. */
const mutated =
  room === 'site/client'
    ? globSync('test/unit/site/client/**/*.test.{ts,tsx}')
        .map((test) => test.replace('test/unit/site/', 'site/src/').replace('.test.', '.'))
        .flatMap((file) => globSync(`${file.replace(/\.tsx?$/, '')}.{ts,tsx}`))
    : [`worker/${room}/**/*.{ts,tsx}`]

const name = room.replaceAll('/', '-')

/**
 * What is made once, at import, needs every test of a room for each change. In these two rooms it is tables of texts and
 * lengths, which the document and the pictures in test/golden hold word by word.
 */
const isWide = ['http', 'charts'].includes(room)

export default {
  mutate: [...mutated, ...untested],
  testRunner: 'vitest',
  vitest: { configFile: 'test/vitest.unit.ts', related: false },
  ignorePatterns: ['site/dist', 'dist/mutation', '.wrangler', '.astro'],
  disableTypeChecks: false,
  ignoreStatic: isWide,
  concurrency: 2,
  reporters: ['progress-append-only', 'clear-text', 'json'],
  clearTextReporter: { logTests: false, allowColor: false, reportTests: false },
  jsonReporter: { fileName: `dist/mutation/${name}.json` },
  incremental: true,
  incrementalFile: `dist/mutation/${name}.incremental.json`,
  tempDirName: `dist/mutation/${name}`,
  thresholds: { high: 95, low: 85, break: 85 },
}

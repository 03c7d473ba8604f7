/** Mutates one room, and runs that room's own fast tests: ROOM=experiment npx stryker run test/stryker.config.mjs */
const room = process.env['ROOM'] ?? 'experiment'

/** Pages are filled by workerd's HTMLRewriter, and tested there. */
const pages = '!worker/http/{embed,guide,playground,template}.{ts,tsx}'

/**
 * What is made once, at import, needs every test of a room for each change. In these two rooms it is tables of texts and
 * lengths, which the document and the pictures in test/golden hold word by word.
 */
const isWide = ['http', 'charts'].includes(room)

export default {
  mutate: [`worker/${room}/**/*.{ts,tsx}`, pages],
  testRunner: 'vitest',
  vitest: { configFile: 'test/vitest.unit.ts', related: false },
  ignorePatterns: ['site/dist', 'dist/mutation', '.wrangler', '.astro'],
  disableTypeChecks: false,
  ignoreStatic: isWide,
  concurrency: 2,
  reporters: ['progress-append-only', 'clear-text', 'json'],
  clearTextReporter: { logTests: false, allowColor: false, reportTests: false },
  jsonReporter: { fileName: `dist/mutation/${room}.json` },
  incremental: true,
  incrementalFile: `dist/mutation/${room}.incremental.json`,
  tempDirName: `dist/mutation/${room}`,
  thresholds: { high: 95, low: 85, break: 85 },
}

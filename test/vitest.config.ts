import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

import './support/certificates.ts'
import { truth, unit } from './vitest.unit.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** How many queries the fuzzing tries. */
    fuzzCases: number
  }
}

const alone = ['limits', 'wrangler-dev', 'deploy', 'classroom'].map((name) => `test/dev/${name}.test.ts`)

export default defineConfig({
  test: {
    // What the Worker writes of every request would bury what a test says.
    onConsoleLog: (log) => !log.startsWith('{"event":"request"'),
    projects: [
      { test: unit },
      { test: { name: 'truth', include: truth } },
      {
        plugins: [
          cloudflareTest({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: { bindings: { TRAININGS: 'unlimited' } },
          }),
        ],
        // The first test of a file waits for the Worker and TensorFlow.js to load.
        test: {
          name: 'workerd',
          include: ['test/workerd/**/*.test.ts'],
          testTimeout: 30_000,
          provide: { fuzzCases: Number(process.env['FUZZ_CASES'] ?? 2000) },
        },
      },
      {
        // The real `wrangler dev`, from outside, one for all of these files.
        test: {
          name: 'served',
          include: ['test/{dev,browser}/**/*.test.ts'],
          exclude: alone,
          globalSetup: 'test/support/served.ts',
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        // Those that start it themselves, or build: one file at a time, as they share the site's folder.
        test: { name: 'alone', include: alone, fileParallelism: false, sequence: { groupOrder: 2 } },
      },
    ],
  },
})

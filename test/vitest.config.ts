import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

declare module 'vitest' {
  interface ProvidedContext {
    /** How many queries the fuzzing tries. */
    fuzzCases: number
  }
}

/** Those that train much, or read the built site: is it true what the engines, the chapters and the pages say? */
const truth = ['training/{fused,layers}/**', 'site/{layers,numbers,pages,programs}'].map(
  (files) => `test/unit/${files}.test.ts`,
)
const alone = ['limits', 'wrangler-dev', 'deploy'].map((name) => `test/dev/${name}.test.ts`)

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.{ts,tsx}'], exclude: truth } },
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

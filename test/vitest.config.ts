import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

declare module 'vitest' {
  interface ProvidedContext {
    /** How many queries the fuzzing tries. */
    fuzzCases: number
  }
}

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.{ts,tsx}'] } },
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
        // The real `wrangler dev`, from outside. Each start builds the site, so one file at a time, after the others.
        test: {
          name: 'served',
          include: ['test/{dev,browser}/**/*.test.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})

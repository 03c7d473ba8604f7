import { availableParallelism } from 'node:os'

import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'

import './support/certificates.ts'
import { everywhere, reference, statistics, unit } from './vitest.unit.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** How many queries the fuzzing tries. */
    fuzzCases: number
  }
}

const files = (...names: string[]) => names.map((name) => `test/dev/${name}.test.ts`)
/** Those that start a server of their own, with other limits, or to end it. */
const limited = files('limits', 'classroom', 'faults', 'bindings', 'memory', 'mixed')
/** Those that build the site anew, which all others read. */
const building = files('wrangler-dev', 'deploy', 'failing-build')

/** How long a test may take where all of the machine is at work, in milliseconds: longer than one `expect.poll`. */
const patience = 40_000

/** How often a test of a browser or of a server's faults begins again: where other work takes the machine, its waits can end too early. */
const retry = 1

/** Files that ask a server of their own project. */
const served = { globalSetup: 'test/support/served.ts', testTimeout: patience, retry, ...everywhere }

/** Those inside workerd that take long: thousands of requests, readers that leave, memory. */
const slowInWorkerd = ['boundary', 'cancellation', 'crawling', 'fuzz', 'memory'].map(
  (name) => `test/workerd/${name}.test.ts`,
)

/** A project of files that run inside workerd, with the Worker's bindings. The first test of a file waits for it to load. */
function workerd(name: string, include: string[], exclude: string[] = []): TestProjectInlineConfiguration {
  return {
    plugins: [
      cloudflareTest({
        wrangler: { configPath: './wrangler.toml' },
        miniflare: { bindings: { TRAININGS: 'unlimited' } },
      }),
    ],
    test: {
      name,
      include,
      exclude,
      testTimeout: patience,
      ...everywhere,
      provide: { ...everywhere.provide, fuzzCases: Number(process.env['FUZZ_CASES'] ?? 2000) },
    },
  }
}

export default defineConfig({
  test: {
    // On two cores as well, where Vitest would leave one to itself.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // What the Worker writes of every request would bury what a test says.
    onConsoleLog: (log) => !log.startsWith('{"event":"request"'),
    projects: [
      { test: { ...unit, testTimeout: patience } },
      { test: { name: 'reference', include: reference, testTimeout: patience, ...everywhere } },
      { test: { name: 'statistics', include: statistics, testTimeout: patience, ...everywhere } },
      workerd('workerd', ['test/workerd/**/*.test.ts'], slowInWorkerd),
      workerd('workerd-slow', slowInWorkerd),
      {
        // The real `wrangler dev`, from outside, one for all of these files. They wait more than they work: beside the others.
        test: { ...served, name: 'served', include: ['test/dev/**/*.test.ts'], exclude: [...limited, ...building] },
      },
      {
        // One journey through each page, in a real browser.
        test: {
          ...served,
          globalSetup: [served.globalSetup, 'test/support/shared-chromium.ts'],
          name: 'journeys',
          include: ['test/journeys/**/*.test.ts'],
        },
      },
      {
        // And the pages that it serves, in a browser.
        test: {
          ...served,
          globalSetup: [served.globalSetup, 'test/support/shared-chromium.ts'],
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          sequence: { groupOrder: 1 },
        },
      },
      {
        // Beside them, as both leave much of a processor to others.
        test: {
          name: 'limited',
          include: limited,
          globalSetup: 'test/support/worker-bundle.ts',
          testTimeout: 60_000,
          hookTimeout: 120_000,
          retry,
          ...everywhere,
          sequence: { groupOrder: 1 },
        },
      },
      {
        // One after the other, and nothing beside them.
        test: {
          name: 'building',
          include: building,
          ...everywhere,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
      {
        // The recipes of CONTRIBUTING.md, followed in copies of the repository: minutes of compiling and testing.
        test: {
          name: 'recipes',
          include: ['test/recipes/**/*.test.ts'],
          testTimeout: 1_200_000,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
})

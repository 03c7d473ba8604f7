/** One browser for the test files that ask for it: starting it takes longer than most of their tests. */
import type { TestProject } from 'vitest/node'

import { serveChromium } from './chromium.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the browser listens. */
    chromium: string
  }
}

export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const { endpoint, stop } = await serveChromium()
  provide('chromium', endpoint)
  return stop
}

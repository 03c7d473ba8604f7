/** One server for all test files that only ask: starting it may build the site, which takes longer than most of them. */
import { existsSync } from 'node:fs'

import type { TestProject } from 'vitest/node'

import { startWranglerDev } from './wrangler-dev.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the product is served. */
    served: string
  }
}

export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const { url, stop } = await startWranglerDev({ builds: !existsSync('site/dist/index.html') })
  provide('served', url)
  return stop
}

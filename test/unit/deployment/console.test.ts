import { describe, expect, it } from 'vitest'

import { consoleLine } from '../../../worker/deployment/console.ts'

/** What wrangler 4.155 prints at a start, without the build's own lines. */
const start = `[custom build] Running: npm run --silent build
[custom build] ✓ letters of the cards cut in 0.2 s
[custom build] 
[custom build] 
Your Worker has access to the following bindings:
Binding                                   Resource                     Mode
env.RESULTS                               KV Namespace                 local
env.TRAINING_RATE (120 requests/60s)      Rate Limit                   local
env.VERSION                               Worker Version Metadata      local
env.TRAININGS ("limited")                 Environment Variable         local

⎔ Starting local server...
[wrangler:info] ✨ Parsed 73 valid header rules.
[wrangler:info] Ready on http://localhost:8787`

const shown = (lines: string[]) => lines.map(consoleLine).filter((line) => line !== undefined)

describe('the console of npm start', () => {
  it('has a line for each step, then the address', () => {
    expect(shown(start.split('\n'))).toEqual([
      '✓ letters of the cards cut in 0.2 s',
      '⎔ Starting local server...',
      '[wrangler:info] Ready on http://localhost:8787',
    ])
  })

  it('has every error, warning and request', () => {
    const told = [
      '✗ SITE_URL is missing',
      '10:22:04 [ERROR] [vite] ✗ Build failed in 2.02s',
      '    at Object.build (node:fs:1:1)',
      '✘ [ERROR] Running custom build `npm run --silent build` failed.',
      '▲ [WARNING] The latest compatibility date supported is older',
      '[wrangler:info] GET / 200 OK (12ms)',
      '{"event":"request","method":"GET","path":"/","status":200}',
    ]
    expect(shown(told)).toEqual(told)
    expect(shown(told.map((line) => `[custom build] ${line}`))).toEqual(told)
  })
})

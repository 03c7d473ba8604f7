/** `npm start`: builds and serves everything by `wrangler dev`, and prints a line for each step, then the address. */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

import { consoleLine } from './console.ts'

const wrangler = spawn(process.execPath, ['node_modules/wrangler/bin/wrangler.js', 'dev', ...process.argv.slice(2)], {
  stdio: ['inherit', 'pipe', 'inherit'],
  env: {
    // No look for a newer version, and none for where this machine is: nothing here depends on either.
    WRANGLER_HIDE_BANNER: 'true',
    CLOUDFLARE_CF_FETCH_ENABLED: 'false',
    ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}),
    ...process.env,
  },
})
createInterface(wrangler.stdout).on('line', (line) => {
  const text = consoleLine(line)
  if (text !== undefined) console.log(text)
})
// A terminal interrupts both, and wrangler ends its servers first.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => wrangler.kill('SIGTERM'))
wrangler.on('close', (code) => (process.exitCode = code ?? 1))

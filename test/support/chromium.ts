/**
 * A real Chromium: the one that comes with `npm ci` on Linux x64, or the one that CHROMIUM_PATH names, or an installed
 * Chrome.
 */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { chromium, type Browser } from 'playwright-core'

export async function launchChromium(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM_PATH'] ?? (await packaged())
  return chromium.launch({
    ...(executablePath === undefined ? { channel: 'chrome' } : { executablePath }),
    args: ['--no-sandbox'],
  })
}

/** The packaged Chromium unpacks itself into the temporary folder, and would take any other version it finds there. */
async function packaged(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = mkdtempSync(join(tmpdir(), 'minibatch-chromium-'))
  try {
    const { default: packagedChromium } = await import('@sparticuz/chromium')
    return await packagedChromium.executablePath()
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
}

/**
 * Takes README's picture of the playground: `npm run picture` serves the built site, opens an experiment in the tests'
 * Chromium, and writes `docs/playground.png`.
 */
import { existsSync, mkdirSync } from 'node:fs'

import sharp from 'sharp'

import { launchChromium } from './chromium.ts'
import { startWranglerDev } from './wrangler-dev.ts'

const file = 'docs/playground.png'
/** A small batch beside a large one, on a screen of 1280 × 900 in light colors. */
const path = '/playground?batchSize=4&seeds=30&pin=seeds%3D30'
const viewport = { width: 1280, height: 900 }

const server = await startWranglerDev({ builds: !existsSync('site/dist/index.html') })
const browser = await launchChromium()
try {
  const context = await browser.newContext({
    viewport,
    colorScheme: 'light',
    reducedMotion: 'reduce',
    deviceScaleFactor: 1.5,
  })
  const page = await context.newPage()
  await page.goto(server.url + path)
  // The browser has trained it, and the Worker has verified the numbers.
  await page.locator('.setting-slider input:not([disabled])').first().waitFor()
  await page.getByText('verified', { exact: true }).waitFor({ timeout: 60_000 })
  mkdirSync('docs', { recursive: true })
  await sharp(await page.screenshot())
    .png({ palette: true, colours: 64, effort: 10, compressionLevel: 9 })
    .toFile(file)
  console.log(`${file} shows ${path}`)
} finally {
  await browser.close()
  await server.stop()
}

/**
 * How soon the playground is live for a first-time reader on a slow connection: 150 ms of latency, 1.6 Mbit/s down, a
 * processor slowed four times, empty caches, in Chromium.
 *
 *   npm run bench:first-view            starts the product
 *   npm run bench:first-view -- URL     asks one that runs
 *   npm run bench:first-view -- URL URL asks two in turn, to compare them for a change
 *
 * `wrangler dev` speaks HTTP/1.1, where a browser opens six connections: many files cost more there than on a deployed
 * site, whose HTTP/2 has one.
 */
import { launchChromium } from '../support/chromium.ts'
import { startWranglerDev } from '../support/wrangler-dev.ts'
import { table } from './measure.ts'

const repeats = 5
const given = process.argv.slice(2)
const server = given.length === 0 ? await startWranglerDev() : undefined
const urls = server ? [server.url] : given
const browser = await launchChromium()

interface View {
  milliseconds: number
  requests: number
  bytes: number
}

async function firstView(url: string): Promise<View> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  let [requests, bytes] = [0, 0]
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    requests++
    bytes += encodedDataLength
  })
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: 1.6e6 / 8,
    uploadThroughput: 0.75e6 / 8,
  })
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector('.instrument-badge')) return
      performance.mark('live')
      observer.disconnect()
    }).observe(document, { subtree: true, childList: true })
  })
  await page.goto(`${url}/playground`)
  await page.waitForFunction(() => performance.getEntriesByName('live').length > 0)
  const milliseconds = await page.evaluate(() => performance.getEntriesByName('live')[0]!.startTime)
  // What is loaded after it counts as well.
  await page.waitForTimeout(1500)
  await context.close()
  return { milliseconds, requests, bytes }
}

const views = urls.map((): View[] => [])
// The first round fills the server's caches.
for (let round = 0; round <= repeats; round++)
  for (const [index, url] of urls.entries()) {
    const view = await firstView(url)
    if (round > 0) views[index]!.push(view)
  }
console.log(
  table(
    ['site', 'live after, ms: least, median', 'requests', 'kB'],
    urls.map((url, index) => {
      const times = views[index]!.map(({ milliseconds }) => Math.round(milliseconds)).sort((a, b) => a - b)
      const { requests, bytes } = views[index]!.at(-1)!
      return [url, `${times[0]}, ${times[Math.floor(repeats / 2)]}`, String(requests), (bytes / 1000).toFixed(0)]
    }),
  ),
)
await browser.close()
await server?.stop()

/**
 * What operators meet, on the product as `wrangler dev` serves it: how much one address stores in 30 seconds, which routes
 * answer where new trainings are turned off, and whether an answer to plain HTTP has plain links.
 *
 *   npm run bench:operations
 */
import { globSync, mkdtempSync, statSync } from 'node:fs'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { storageLimits } from '#experiment/spec/limits.ts'

import { startWranglerDev } from '../support/wrangler-dev.ts'
import { table } from './measure.ts'
import { startWorkerd } from './workerd.ts'

const connections = 8
const fillSeconds = 30
const newState = () => mkdtempSync(join(tmpdir(), 'minibatch-operations-'))
/** Bytes of everything that wrangler's KV holds. */
const bytesOf = (state: string) =>
  globSync('**/kv/**/blobs/*', { cwd: state }).reduce((sum, file) => sum + statSync(join(state, file)).size, 0)

/** Large results that are quick to train: 2.4 MB each. */
async function fill(): Promise<void> {
  const state = newState()
  const { url, stop } = await startWranglerDev({ state, trainings: 'limited', builds: false })
  const counts = new Map<number, number>()
  let seed = 0
  const end = Date.now() + fillSeconds * 1000
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (Date.now() < end) {
        seed += 200
        const query = `seeds=200&epochs=500&examples=400&batchSize=full&histories=0&seed=${seed}`
        const response = await fetch(`${url}/api/experiments?${query}`)
        await response.arrayBuffer()
        counts.set(response.status, (counts.get(response.status) ?? 0) + 1)
      }
    }),
  )
  await stop()
  const { bytesAtOnce, bytesPerMinute } = storageLimits
  const published = (bytesAtOnce + (bytesPerMinute * fillSeconds) / 60) / 1e6
  const stored = bytesOf(state) / 1e6
  console.log(
    `One address, ${connections} connections, ${fillSeconds} s: answers ${JSON.stringify(Object.fromEntries(counts))}, ` +
      `${stored.toFixed(1)} MB stored; at most ${published.toFixed(1)} are published.`,
  )
  if (stored > published) process.exitCode = 1
}

const query = 'batchSize=4'
const routes = [
  '/playground',
  '/embed',
  '/api/experiments',
  '/api/experiments.csv',
  '/api/sweep',
  '/api/boundary',
  '/api/gradient-noise',
  '/api/generalization',
  '/api/churn',
  '/charts/learning-curves.svg',
  '/charts/decision-boundary.svg',
  '/cards/experiment.png',
].map((path) => `${path}?${path === '/api/sweep' ? 'batchSize=4,8' : query}`)

/** Every route once where trainings begin, and again by a new server on what that one stored, where they do not. */
async function turnOff(): Promise<void> {
  const state = newState()
  const warm = await startWranglerDev({ state, builds: false })
  for (const route of routes) await (await fetch(warm.url + route)).arrayBuffer()
  // What is stored is written after the answers.
  await new Promise((resolve) => setTimeout(resolve, 2000))
  await warm.stop()
  const off = await startWranglerDev({ state, trainings: 'off', builds: false })
  const rows: string[][] = []
  for (const route of [...routes, `/api/experiments?${query}&seed=99`]) {
    const response = await fetch(off.url + route)
    await response.arrayBuffer()
    rows.push([route, String(response.status), response.headers.get('Cache-Status') ?? ''])
  }
  await off.stop()
  console.log(`\nWith TRAININGS=off, by a new server on what another has stored; the last was never trained:\n`)
  console.log(table(['route', 'status', 'Cache-Status'], rows))
  if (rows.slice(0, -1).some(([, status]) => status !== '200')) process.exitCode = 1
}

/** The text of an answer to plain HTTP under a name that is not local. */
const plainText = (url: string, path: string) =>
  new Promise<string>((resolve, reject) => {
    get(url + path, { headers: { Host: 'lesson.example' } }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      response.on('end', () => resolve(text))
    }).on('error', reject)
  })

/** How many links of each answer are plain, and how many are not. */
async function mixSchemes(): Promise<void> {
  const worker = await startWorkerd()
  const rows: string[][] = []
  for (const path of [
    `/playground?${query}`,
    `/embed?${query}`,
    '/api',
    '/api/openapi.json',
    `/oembed?url=${encodeURIComponent(`http://lesson.example/playground?${query}`)}`,
    '/charts/map.svg?epochs=3&batchSize=4,8',
  ]) {
    const text = await plainText(worker.url, path)
    const count = (scheme: string) => text.split(`${scheme}://lesson.example`).length - 1
    rows.push([path, String(count('http')), String(count('https'))])
  }
  await worker.stop()
  console.log('\nLinks to the site in answers to plain HTTP:\n')
  console.log(table(['answer', 'http', 'https'], rows))
  if (rows.some(([, plain, secure]) => plain !== '0' || secure === '0')) process.exitCode = 1
}

await fill()
await turnOff()
await mixSchemes()

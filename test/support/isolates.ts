/**
 * The product's bundle in Miniflare, with bindings that a test controls: a KV and an ASSETS that throw, hang, are slow or
 * lie; several isolates on one KV; and a limit for the heap.
 *
 * The KV lives in the test's own process. The Worker reaches it through a small Worker with the two methods of a KV
 * namespace that the product uses. Pages come from `site/dist` by Miniflare's own assets service, behind a Worker that
 * can fail instead. Each isolate has a URL of its own, so requests and their aborts go over real connections.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import {
  Log,
  LogLevel,
  Miniflare,
  Response as MiniflareResponse,
  type MiniflareOptions,
  type Request as MiniflareRequest,
} from 'miniflare'

import { compatibilityDate, filesOf } from './worker-bundle.ts'

/** What a KV holds under a key. */
export interface Entry {
  value: Uint8Array
  metadata: unknown
}

/** How bindings behave; each is honest where it is not set. They can be changed at any time. */
interface Faults {
  /** A read of the KV. `read` gives what is truly there. Throws, never settles, or returns something else. */
  get?: (key: string, read: () => Entry | undefined) => Promise<Entry | undefined>
  /** A write of the KV. `write` does it. */
  put?: (key: string, write: () => void) => Promise<void>
  /** Called before every answer of ASSETS; one that throws makes the binding throw. */
  page?: (path: string) => Promise<void>
}

/** Fails at once. */
export async function fails(): Promise<never> {
  throw new Error('out of order')
}

/** Never settles. */
export function hangs(): Promise<never> {
  return new Promise(() => {})
}

interface Options {
  /** The folder of the bundle: `inject('workerBundle')`. */
  bundle: string
  /** How many isolates share the KV. */
  count?: number
  /** `TRAININGS`, as an operator sets it. */
  trainings?: 'limited' | 'unlimited' | 'off'
  /** The limit for the heap of each isolate. V8 counts no buffers in it. An isolate that passes it ends the process. */
  heapMegabytes?: number
}

export interface Isolates {
  /** Where each isolate is served. */
  urls: readonly string[]
  /** Asks one of them for a path; the first, where nothing is said. */
  get: (path: string, init?: RequestInit, isolate?: number) => Promise<Response>
  /** What the KV truly holds. */
  entries: Map<string, Entry>
  faults: Faults
  /** How often each binding was asked. */
  asked: { get: number; put: number; page: number }
  /** What the Workers have written to their log. */
  logs: string[]
  /** How often the process ended by itself and was started again. */
  crashes: () => number
  stop: () => Promise<void>
}

/** The product's KV namespace: its two methods, by requests to the test. */
const kvWorker = `import { WorkerEntrypoint } from 'cloudflare:workers'
const checked = async (response) => {
  if (response.ok) return response
  throw new Error('KV failed: ' + response.status)
}
export default class extends WorkerEntrypoint {
  async fetch() {
    return new Response(null, { status: 404 })
  }
  async getWithMetadata(key) {
    const response = await checked(await this.env.TEST.fetch('http://test/' + key))
    const metadata = response.headers.get('Metadata')
    if (metadata === null) return { value: null, metadata: null }
    return { value: await response.arrayBuffer(), metadata: JSON.parse(metadata) }
  }
  async put(key, body, { metadata }) {
    const headers = { Metadata: JSON.stringify(metadata) }
    await checked(await this.env.TEST.fetch('http://test/' + key, { method: 'PUT', headers, body }))
  }
}`

/** ASSETS: the site's pages, after the test has had its say. */
const pagesWorker = `export default {
  async fetch(request, env) {
    const said = await env.TEST.fetch('http://test' + new URL(request.url).pathname)
    if (!said.ok) throw new Error('ASSETS failed')
    return env.PAGES.fetch(request)
  }
}`

/** Starts the product. */
export async function startIsolates(options: Options): Promise<Isolates> {
  const { bundle, count = 1, trainings = 'unlimited', heapMegabytes } = options
  const entries = new Map<string, Entry>()
  const faults: Faults = {}
  const asked = { get: 0, put: 0, page: 0 }
  const logs: string[] = []
  let crashes = 0

  const kv = async (request: MiniflareRequest) => {
    const key = new URL(request.url).pathname.slice(1)
    if (request.method === 'PUT') {
      asked.put++
      const value = new Uint8Array(await request.arrayBuffer())
      const metadata: unknown = JSON.parse(request.headers.get('Metadata')!)
      const write = () => void entries.set(key, { value, metadata })
      await (faults.put ? faults.put(key, write) : write())
      return new MiniflareResponse()
    }
    asked.get++
    const read = () => entries.get(key)
    const entry = faults.get ? await faults.get(key, read) : read()
    if (!entry) return new MiniflareResponse()
    return new MiniflareResponse(entry.value, { headers: { Metadata: JSON.stringify(entry.metadata ?? null) } })
  }
  const page = async (path: string) => {
    asked.page++
    await faults.page?.(path)
    return new MiniflareResponse()
  }
  const orFail = (answer: Promise<MiniflareResponse>) =>
    answer.catch((error: unknown) => new MiniflareResponse(String(error), { status: 500 }))

  const date = compatibilityDate()
  const names = Array.from({ length: count }, (_, index) => `isolate-${index}`)
  const { script, modules } = filesOf(bundle)
  const file = (name: string) => readFileSync(join(bundle, name))
  const wasm = Object.fromEntries(
    modules.map((name) => [
      name,
      { type: name.endsWith('.wasm') ? ('wasm' as const) : ('data' as const), contents: new Uint8Array(file(name)) },
    ]),
  )
  const manifestOf = (contents: string, others: typeof wasm = {}) => ({
    mainModule: 'index.js',
    modulesRoot: '/',
    modules: { 'index.js': { type: 'esm' as const, contents }, ...others },
  })
  const product = manifestOf(file(script).toString(), wasm)
  const miniflareOptions: MiniflareOptions = {
    host: '127.0.0.1',
    port: 0,
    cf: false,
    log: new Log(LogLevel.NONE),
    logRequests: false,
    telemetry: { enabled: false },
    enableDevRegistry: false,
    handleStructuredLogs: ({ message }) => void logs.push(message),
    unsafeHandleRuntimeRestart: () => void crashes++,
    workers: [
      ...names.map((name) => ({
        config: {
          name,
          compatibilityDate: date,
          compatibilityFlags: ['enable_request_signal'],
          manifest: product,
          env: {
            VERSION: { type: 'json' as const, value: { id: 'miniflare' } },
            TRAININGS: { type: 'text' as const, value: trainings },
            TRAINING_RATE: {
              type: 'rate-limit' as const,
              namespace: '1',
              simple: { limit: 1000, period: 60 as const },
            },
            RESULTS: { type: 'worker' as const, worker: 'kv' },
            ASSETS: { type: 'worker' as const, worker: 'pages' },
          },
        },
        // A socket of its own.
        dev: { unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }], stripCfConnectingIp: false },
      })),
      {
        config: {
          name: 'kv',
          compatibilityDate: date,
          manifest: manifestOf(kvWorker),
          env: {
            TEST: {
              type: 'fetcher',
              handler: (request) => orFail(kv(request)),
            },
          },
        },
      },
      {
        config: {
          name: 'pages',
          compatibilityDate: date,
          manifest: manifestOf(pagesWorker),
          assets: {
            directory: 'site/dist',
            notFoundHandling: '404-page',
            runWorkerFirst: true,
            hasUserWorker: true,
          },
          env: {
            PAGES: { type: 'assets' },
            TEST: { type: 'fetcher', handler: ({ url }) => orFail(page(new URL(url).pathname)) },
          },
        },
      },
    ],
  }
  // Miniflare takes V8's flags from a variable of the environment alone, when it starts the process.
  const flags = 'MINIFLARE_WORKERD_V8_FLAGS'
  if (heapMegabytes !== undefined) process.env[flags] = `--max-old-space-size=${heapMegabytes}`
  const miniflare = new Miniflare(miniflareOptions)
  await miniflare.ready.finally(() => delete process.env[flags])
  const urls = await Promise.all(
    names.map(async (name) => (await miniflare.unsafeGetDirectURL(name)).href.replace(/\/$/, '')),
  )
  return {
    urls,
    get: (path, init, isolate = 0) => fetch(urls[isolate] + path, init),
    entries,
    faults,
    asked,
    logs,
    crashes: () => crashes,
    stop: () => miniflare.dispose(),
  }
}

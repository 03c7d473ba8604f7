/**
 * The Worker in the real workerd, without anything around it: its bundle, the pages of the site, and a KV that forgets
 * everything. Beside it, in the same process, one route of Hono that does nothing.
 *
 * Not wrangler's `createTestHarness`: it sends every request through a proxy and the router of assets, in front of a KV
 * on disk. Beside this, a request that is answered from memory took 4.8 ms instead of 0.9 and a new experiment 19 ms
 * instead of 13 (the least of 50 each), and the process's memory held the store's too.
 */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { bundleWorker, compatibilityDate, filesOf } from '../support/worker-bundle.ts'
import { inspectorAt, type Inspect } from './inspector.ts'

/** The path of the binary. */
const { default: workerd } = createRequire(import.meta.url)('workerd') as { default: string }
const port = 8790
const barePort = 8791
const inspectorPort = 8792
/** Workers KV's protocol, as far as the Worker uses it: nothing is ever there. */
const forgetful = `export default {
  async fetch(request) {
    await request.arrayBuffer()
    return new Response(null, { status: request.method === 'GET' ? 404 : 200 })
  }
}`

/** The same with the last values that were stored. */
const lasting = `const entries = new Map()
export default {
  async fetch(request) {
    const { pathname } = new URL(request.url)
    const entry = entries.get(pathname)
    if (request.method === 'GET') {
      if (!entry) return new Response(null, { status: 404 })
      return new Response(entry.body, { headers: { 'CF-KV-Metadata': entry.metadata } })
    }
    entries.set(pathname, { body: await request.arrayBuffer(), metadata: request.headers.get('CF-KV-Metadata') })
    if (entries.size > 40) entries.delete(entries.keys().next().value)
    return new Response(null)
  }
}`

/** The pages of the site, from its folder. */
const pages = `export default {
  fetch(request, env) {
    const { pathname } = new URL(request.url)
    return env.SITE.fetch('http://site' + (pathname === '/' ? '/index' : pathname) + '.html')
  }
}`
/** The least that an answer of Hono takes, and one of so many bytes that are there already. */
const bare = `import { Hono } from 'hono'
const app = new Hono()
const bodies = new Map()
app.get('/', (c) => c.json({ ok: true }))
app.get('/:bytes', (c) => {
  const length = Number(c.req.param('bytes'))
  if (!bodies.has(length)) bodies.set(length, new Uint8Array(length).fill(32))
  return c.body(bodies.get(length))
})
export default app`

interface Server {
  url: string
  /** The route that does nothing; with a number behind it, one that answers with so many bytes. */
  bareUrl: string
  /** Opens the inspector of the Worker's isolate, where it can be looked into. */
  inspector: () => Promise<Inspect>
  /** Seconds of computing that the process has used. */
  computed: () => number
  /** Bytes of memory that the process holds. */
  memory: () => number
  stop: () => Promise<void>
}

/**
 * Bundles the Worker and starts it.
 *
 * @param isInspected whether its isolate can be looked into, which slows it down
 * @param isLasting whether its KV remembers
 */
export async function startWorkerd({ isInspected = false, isLasting = false } = {}): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'minibatch-workerd-'))
  bundleWorker('worker/index.ts', folder)
  writeFileSync(join(folder, 'kv.js'), isLasting ? lasting : forgetful)
  writeFileSync(join(folder, 'pages.js'), pages)
  // Where packages are found.
  const entry = resolve(`.bench-${process.pid}.js`)
  writeFileSync(entry, bare)
  try {
    bundleWorker(entry, join(folder, 'bare'))
  } finally {
    rmSync(entry)
  }
  writeFileSync(join(folder, 'config.capnp'), configuration(folder))
  const options = isInspected ? [`--inspector-addr=127.0.0.1:${inspectorPort}`] : []
  const server = spawn(workerd, ['serve', ...options, join(folder, 'config.capnp')], { stdio: 'ignore' })
  // A benchmark that fails must not leave it behind: the next one would measure the old process.
  process.once('exit', () => server.kill('SIGKILL'))
  const url = `http://127.0.0.1:${port}`
  for (;;) {
    const answer = await fetch(`${url}/api/health`).catch(() => undefined)
    if (server.exitCode !== null) throw new Error(`workerd did not start: is port ${port} in use?`)
    if (answer?.ok) break
    await new Promise((next) => setTimeout(next, 100))
  }
  const processFile = (name: string) => readFileSync(`/proc/${server.pid}/${name}`, 'utf8')
  return {
    url,
    bareUrl: `http://127.0.0.1:${barePort}/`,
    computed: () => {
      // Behind the name, which may hold anything: user and system time in hundredths.
      const fields = processFile('stat')
        .replace(/^.*\) /s, '')
        .split(' ')
      return (Number(fields[11]) + Number(fields[12])) / 100
    },
    inspector: () => inspectorAt(`ws://127.0.0.1:${inspectorPort}/main`),
    memory: () => Number(/VmRSS:\s+(\d+)/.exec(processFile('status'))?.[1]) * 1024,
    stop: async () => {
      // One whose inspector is open does not end when it is asked to.
      server.kill('SIGKILL')
      await once(server, 'exit')
    },
  }
}

/** workerd's configuration, in Cap'n Proto's text form. */
function configuration(folder: string): string {
  const date = compatibilityDate()
  const { script: barePath } = filesOf(join(folder, 'bare'))
  const modules = filesOf(folder).modules.map(
    (file) => `(name = "${file}", ${file.endsWith('.wasm') ? 'wasm' : 'data'} = embed "${file}")`,
  )
  return `@0xb9c6f99ebf805f2c;
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .main), (name = "kv", worker = .kv), (name = "bare", worker = .bare),
    (name = "pages", worker = .pages), (name = "site", disk = "${resolve('site/dist')}")
  ],
  sockets = [
    (name = "http", address = "127.0.0.1:${port}", http = (), service = "main"),
    (name = "bare", address = "127.0.0.1:${barePort}", http = (), service = "bare")
  ]
);
const main :Workerd.Worker = (
  modules = [(name = "index.js", esModule = embed "index.js"), ${modules.join(', ')}],
  compatibilityDate = "${date}",
  compatibilityFlags = ["enable_request_signal"],
  bindings = [
    (name = "VERSION", json = "{\\"id\\": \\"bench\\"}"),
    (name = "TRAININGS", text = "unlimited"),
    (name = "RESULTS", kvNamespace = "kv"),
    (name = "ASSETS", service = "pages")
  ]
);
const bare :Workerd.Worker = (
  modules = [(name = "bare.js", esModule = embed "bare/${barePath}")],
  compatibilityDate = "${date}"
);
const pages :Workerd.Worker = (
  modules = [(name = "pages.js", esModule = embed "pages.js")],
  compatibilityDate = "${date}",
  bindings = [(name = "SITE", service = "site")]
);
const kv :Workerd.Worker = (modules = [(name = "kv.js", esModule = embed "kv.js")], compatibilityDate = "${date}");
`
}

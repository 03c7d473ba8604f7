/** The product as a user runs it: `npm start`, on a free port, with a state of its own. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface WranglerDev {
  url: string
  /** What it has printed. */
  output: () => string
  /** Where its KV lives: a new server on the same folder knows what this one stored. */
  state: string
  stop: () => Promise<void>
  /** Ends it in the middle of whatever it does, without a word to anyone. Only one that `isMortal`. */
  kill: () => Promise<void>
}

interface Options {
  /** The folder of an earlier server. */
  state?: string
  /** `TRAININGS` of `wrangler.toml`. */
  trainings?: 'limited' | 'unlimited' | 'off'
  /** Where it listens; on a free port, where nothing is said. */
  port?: number
  /** Whether it can be killed: then it is a group of processes of its own, which outlives a test that does not stop it. */
  isMortal?: boolean
  /** Whether the site is built anew, as a user's start does; else it is there already. */
  builds?: boolean
}

/** `wrangler.toml` without its build; beside it, since paths in it are relative. */
const builtConfig = 'wrangler.built.toml'

/** Writes it, unless it stands there already: a server that runs would start anew when it changes. */

function writeBuiltConfig(): void {
  const whole = readFileSync('wrangler.toml', 'utf8')
  const without = whole.replace(/^\[build\]\n(?:.+\n)+/m, '')
  if (without === whole) throw new Error('wrangler.toml has no build')
  if (existsSync(builtConfig) && readFileSync(builtConfig, 'utf8') === without) return
  // In one piece: two servers may start at once.
  const unfinished = `${builtConfig}-${process.pid}`
  writeFileSync(unfinished, without)
  renameSync(unfinished, builtConfig)
}

/** How long the first answer may take, in milliseconds: the site is built before. */
const patience = 60_000

/** Starts the product and waits for its first answer. */
export async function startWranglerDev({
  state = mkdtempSync(join(tmpdir(), 'minibatch-')),
  trainings = 'unlimited',
  builds = true,
  isMortal = false,
  port: given,
}: Options = {}): Promise<WranglerDev> {
  const port = given ?? (await freePort())
  const url = `http://127.0.0.1:${port}`
  if (!builds) writeBuiltConfig()
  const server = spawn(
    'npm',
    [
      'start',
      '--',
      '--ip=127.0.0.1',
      `--port=${port}`,
      '--inspector-port=0',
      `--persist-to=${state}`,
      `--var=TRAININGS:${trainings}`,
      ...(builds ? [] : [`--config=${builtConfig}`]),
    ],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: isMortal,
      // As a user builds it: the test runner's own would bring a development build.
      env: { ...process.env, NODE_ENV: 'production' },
    },
  )
  let output = ''
  server.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  server.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const stop = async () => {
    if (server.exitCode !== null) return
    server.kill('SIGTERM')
    await once(server, 'exit')
  }
  const kill = async () => {
    process.kill(-server.pid!, 'SIGKILL')
    await once(server, 'exit')
  }
  const deadline = Date.now() + patience
  for (;;) {
    const answer = await fetch(`${url}/api/health`).catch(() => undefined)
    if (answer?.ok) return { url, output: () => output, state, stop, kill }
    if (server.exitCode !== null || Date.now() > deadline) {
      await stop()
      throw new Error(`npm start did not answer:\n${output}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

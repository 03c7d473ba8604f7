/**
 * Runs npm scripts at the same time, as many as there are processors: `node test/support/in-parallel.node.ts check:lint
 * check:format`. One line for each when it ends, with its time; below it the output, where it failed. The exit code is 1
 * where one failed.
 */
import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'

const scripts = process.argv.slice(2)

/** Runs a script, and prints what came of it. */
async function run(script: string): Promise<boolean> {
  const start = performance.now()
  const child = spawn('npm', ['run', '--silent', script], { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += String(text)))
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(`${code === 0 ? 'ok' : 'FAILED'}  ${script}  (${seconds} s)`)
  if (code !== 0) console.log(output)
  return code === 0
}

const waiting = scripts.values()
const results: boolean[] = []
async function work(): Promise<void> {
  for (const script of waiting) results.push(await run(script))
}
await Promise.all(Array.from({ length: availableParallelism() }, work))
if (results.includes(false)) process.exitCode = 1

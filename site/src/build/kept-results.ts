/**
 * What pages show of many runs: training them takes minutes, so it is kept in the repository, in `kept-results.br` (JSON,
 * compressed by Brotli). `npm run build:results` trains all that the pages ask for and writes the file anew; a test
 * trains every entry again and compares.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'

import { describeRun } from '#experiment/result/run.ts'
import { engines } from '#experiment/spec/engine.ts'
import { queryText } from '#experiment/spec/query-text.ts'
import { knownSpec, specQuery } from '#experiment/spec/spec-query.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import { trainInThread } from './trainings.ts'

/** From the repository's root, where the build runs. */
const file = 'site/src/build/kept-results.br'
/** Set by `npm run build` and `npm run build:results`; others only read the file. */
const mode = process.env['KEPT_RESULTS']
/** Whether everything is trained, and the file written anew. */
export const isWriting = mode === 'write'

/** The file. */
interface KeptFile {
  /** The version of the engine that trained it. */
  engine: string
  /** By the texts of their keys. */
  values: Record<string, unknown>
}

/** What a value is of: its name, the numbers that it is made with, and the experiment. */
export interface KeptKey {
  name: string
  numbers: readonly number[]
  spec: ExperimentSpec
}

/** `sharpness 200 batchSize=full&seeds=5` */
const keyText = ({ name, numbers, spec }: KeptKey) => [name, ...numbers, queryText(specQuery(spec))].join(' ')

function readKey(text: string): KeptKey {
  const [name = '', ...others] = text.split(' ')
  const query = others.pop()
  return { name, numbers: others.map(Number), spec: knownSpec(new URLSearchParams(query)) }
}

/** All that is kept, whether it is still true or not. */
export function allKept(): (KeptKey & { value: unknown })[] {
  return Object.entries(readFile().values).map(([text, value]) => ({ ...readKey(text), value }))
}

function readFile(): KeptFile {
  return JSON.parse(brotliDecompressSync(readFileSync(file)).toString()) as KeptFile
}

/** What was asked for, by the texts of its keys: the same stands in several places of a page. */
const asked = new Map<string, Promise<unknown>>()
/** What was made, since the file does not have it. */
const made = new Map<string, unknown>()

/** A value as it is kept; where it is not, as it is made now. */
export function kept<Value>(key: KeptKey, make: () => Promise<Value>): Promise<Value> {
  const text = keyText(key)
  const value = asked.get(text) ?? findOrMake(text, make)
  asked.set(text, value)
  // The values of a key are of one type.
  return value as Promise<Value>
}

async function findOrMake(text: string, make: () => Promise<unknown>): Promise<unknown> {
  const known = isWriting ? undefined : (await usableValues())[text]
  if (known !== undefined) return known
  const value = await make()
  made.set(text, value)
  return value
}

/** Of every eighth experiment the first run is trained again before the file is used. */
const stride = 8
let usable: Promise<KeptFile['values']> | undefined

/** The values of the file, unless they are of another engine or of other code: then runs do not come out again. */
function usableValues(): Promise<KeptFile['values']> {
  usable ??= (async () => {
    const { engine, values } = readFile()
    const sample = Object.keys(values)
      .filter((text) => text.startsWith('runs '))
      .filter((_, index) => index % stride === 0)
    const isEqual = async (text: string) => {
      const spec = { ...readKey(text).spec, seeds: 1 }
      const { runs } = values[text] as { runs: unknown[] }
      return JSON.stringify(describeRun(spec, await trainInThread(spec), 0)) === JSON.stringify(runs[0])
    }
    return engine === engines.fused.version && (await Promise.all(sample.map(isEqual))).every(Boolean) ? values : {}
  })()
  return usable
}

/** Ends a build: writes the file, or says how much of it was used. */
function finish(): void {
  if (isWriting) writeKept()
  const unused = Object.keys(readFile().values).filter((text) => !asked.has(text)).length
  const isExact = made.size === 0 && unused === 0
  const hint = isExact || isWriting ? '' : ': npm run build:results brings the file up to date'
  console.log(`✓ results: ${asked.size - made.size} from the repository, ${made.size} trained${hint}`)
}

function writeKept(): void {
  const values = Object.fromEntries(Array.from(made).sort(([one], [other]) => (one < other ? -1 : 1)))
  const text = JSON.stringify({ engine: engines.fused.version, values } satisfies KeptFile)
  const params = { [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: text.length }
  writeFileSync(file, brotliCompressSync(text, { params }))
}

if (mode) process.once('exit', (code) => code === 0 && finish())

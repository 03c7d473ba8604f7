/**
 * Results of many runs that pages show. Training them takes minutes, so they are stored in the repository, in
 * `kept-results.br` (JSON compressed with Brotli). `npm run build:results` trains everything that the pages need and
 * rewrites the file; a test trains every entry again and compares.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'

import { describeRun } from '#experiment/result/run.ts'
import { engines } from '#experiment/spec/engine.ts'
import { queryText } from '#experiment/spec/query-text.ts'
import { trustedSpec, specQuery } from '#experiment/spec/spec-query.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import { trainInThread } from './trainings.ts'

/** Relative to the repository's root, where the build runs. */
const file = 'site/src/build/kept-results.br'
/** Set by `npm run build` and `npm run build:results`; other processes only read the file. */
const mode = process.env['KEPT_RESULTS']
/** Whether everything is trained and the file is rewritten. */
export const isWriting = mode === 'write'

/** The content of the file. */
interface KeptFile {
  /** The version of the engine that trained the values. */
  engine: string
  /** The values by the text of their keys. */
  values: Record<string, unknown>
}

/** The key of a value: the name of the measure, its numeric arguments, and the experiment. */
export interface KeptKey {
  name: string
  numbers: readonly number[]
  spec: ExperimentSpec
  /** The experiment that it is compared with. */
  pinned?: ExperimentSpec
}

/** The text of a key: `sharpness 200 batchSize=full&seeds=5`, or `lead batchSize=4 than batchSize=32` */
const keyText = ({ name, numbers, spec, pinned }: KeptKey) =>
  [name, ...numbers, textOf(spec), ...(pinned ? [than, textOf(pinned)] : [])].join(' ')

/** What precedes the query of the experiment that another is compared with. */
const than = 'than'
const textOf = (spec: ExperimentSpec) => queryText(specQuery(spec))

function readKey(text: string): KeptKey {
  const [own = '', other] = text.split(` ${than} `)
  const [name = '', ...others] = own.split(' ')
  const specOf = (query: string | undefined) => trustedSpec(new URLSearchParams(query))
  const spec = specOf(others.pop())
  return { name, numbers: others.map(Number), spec, ...(other === undefined ? {} : { pinned: specOf(other) }) }
}

/** All values in the file, whether they are up to date or not. */
export function allKept(): (KeptKey & { value: unknown })[] {
  return Object.entries(readFile().values).map(([text, value]) => ({ ...readKey(text), value }))
}

function readFile(): KeptFile {
  return JSON.parse(brotliDecompressSync(readFileSync(file)).toString()) as KeptFile
}

/** The requested values by the text of their keys, since a value may occur several times on a page. */
const requested = new Map<string, Promise<unknown>>()
/** The values that were computed because the file does not contain them. */
const computed = new Map<string, unknown>()

/** A value from the file, or the result of `make` if the file does not contain it. */
export function keptResult<Value>(key: KeptKey, make: () => Promise<Value>): Promise<Value> {
  const text = keyText(key)
  const value = requested.get(text) ?? readOrMake(text, make)
  requested.set(text, value)
  // All values of a key have the same type.
  return value as Promise<Value>
}

async function readOrMake(text: string, make: () => Promise<unknown>): Promise<unknown> {
  const storedValue = isWriting ? undefined : (await usableValues())[text]
  if (storedValue !== undefined) return storedValue
  const value = await make()
  computed.set(text, value)
  return value
}

/** The first run of every eighth experiment is trained again to check the file before it is used. */
const stride = 8
let usable: Promise<KeptFile['values']> | undefined

/**
 * The values of the file, or none if they come from another engine version or from different code, in which case the
 * sampled runs differ.
 */
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

/** Finishes a build: writes the file, or reports how much of it was used. */
function finish(): void {
  if (isWriting) writeKept()
  const unused = Object.keys(readFile().values).filter((text) => !requested.has(text)).length
  const isExact = computed.size === 0 && unused === 0
  const hint = isExact || isWriting ? '' : ': npm run build:results brings the file up to date'
  console.log(`✓ results: ${requested.size - computed.size} from the repository, ${computed.size} trained${hint}`)
}

function writeKept(): void {
  const values = Object.fromEntries(Array.from(computed).sort(([one], [other]) => (one < other ? -1 : 1)))
  const text = JSON.stringify({ engine: engines.fused.version, values } satisfies KeptFile)
  const params = { [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: text.length }
  writeFileSync(file, brotliCompressSync(text, { params }))
}

if (mode) process.once('exit', (code) => code === 0 && finish())

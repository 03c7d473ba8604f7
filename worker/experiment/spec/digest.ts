/**
 * The identity of an experiment: SHA-256 of the version of the engine that trains it and the query of its permalink.
 * The query leaves defaults out, so a new field with a default that changes nothing leaves every digest as it is.
 */
import { LruCache } from '../lru-cache.ts'
import { digests } from '../memory-budgets.ts'
import { sha256 } from '../sha256.ts'
import { engines } from './engine.ts'
import { queryText } from './query-text.ts'
import { specQuery } from './spec-query.ts'
import type { ExperimentSpec } from './spec.ts'

/** Digests of late, by what they are of: hashing takes longer than all else that an answer from memory needs. */
const known = new LruCache<string>(digests, ({ length }) => length)

/** 64 hex digits; equal for equal experiments, and the key under which their numbers are cached. */
export async function digest(spec: ExperimentSpec): Promise<string> {
  const text = `${engines[spec.engine].version}?${queryText(specQuery(spec))}`
  const remembered = known.get(text)
  if (remembered !== undefined) return remembered
  const made = await sha256(new TextEncoder().encode(text))
  known.set(text, made)
  return made
}

/**
 * The digest, which identifies an experiment: SHA-256 of the version of its engine and the query of its permalink. The
 * query leaves defaults out, so a new field whose default changes nothing leaves every digest as it is.
 */
import { LruCache } from '../lru-cache.ts'
import { digests } from '../memory-budgets.ts'
import { sha256 } from '../sha256.ts'
import { engines } from './engine.ts'
import { queryText } from './query-text.ts'
import { specQuery } from './spec-query.ts'
import type { ExperimentSpec } from './spec.ts'

/**
 * Cache of recent digests by the hashed text: hashing takes longer than everything else that an answer from memory
 * needs.
 */
const cache = new LruCache<string>(digests, ({ length }) => length)

/**
 * The digest of a spec: 64 hex digits, equal for equal experiments. It is the key under which their numbers are cached.
 */
export async function digest(spec: ExperimentSpec): Promise<string> {
  const text = `${engines[spec.engine].version}?${queryText(specQuery(spec))}`
  const cached = cache.get(text)
  if (cached !== undefined) return cached
  const hash = await sha256(new TextEncoder().encode(text))
  cache.set(text, hash)
  return hash
}

/** Memoizes parsed queries, because parsing one takes as long as everything else that a short response needs. */
import { LruCache } from '#experiment/lru-cache.ts'
import { queriesOfRoute } from '#experiment/memory-budgets.ts'

/** The estimated size of an entry: two specs, their identity and the query. */
const questionBytes = 2000
/** The longest query that is cached, in characters: permalinks are shorter. */
const longestQuery = 800

/** Memoizes `read` by the query of a URL. Errors are not cached. */
export function memoizeQuery<Question extends object>(
  read: (query: URLSearchParams) => Promise<Question>,
): (url: string) => Promise<Question> {
  const questions = new LruCache<Question>(queriesOfRoute, () => questionBytes)
  return async (url) => {
    const { search, searchParams } = new URL(url)
    const known = questions.get(search)
    if (known) return known
    const question = await read(searchParams)
    if (search.length <= longestQuery) questions.set(search, question)
    return question
  }
}

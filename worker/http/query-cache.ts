/**
 * What queries ask for, remembered: reading one takes as long as all the rest of a short answer.
 */
import { LruCache } from '#experiment/lru-cache.ts'
import { queriesOfRoute } from '#experiment/memory-budgets.ts'

/** Two specs, what names them, and the query. */
const questionBytes = 2000
/** The longest query that is remembered, in characters: permalinks are shorter. */
const longestQuery = 800

/** Reads the query of a URL as `read` does, or knows what it gave before. What is refused is refused anew. */
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

/** How long a text takes to read, from its words. */

/** Words that are read in a minute, which is slow enough for technical text (Brysbaert 2019 found 238 for plain English). */
const wordsPerMinute = 200

/** The words of a chapter's source: without its front matter, tags and code, with captions. */
export function wordsOf(source: string): number {
  const text = source
    .replace(/^---[\s\S]*?---/, '')
    .replaceAll(/<Code[\s\S]*?\/>/g, ' ')
    .replaceAll(/<Exercise[\s\S]*?<\/Exercise>/g, ' ')
    .replaceAll(/<[^>]*>/g, ' ')
  return text.match(/[\p{L}\d]+(?:[’'.-][\p{L}\d]+)*/gu)?.length ?? 0
}

/** Minutes to read chapters, rounded to five. */
export function minutesToRead(sources: readonly string[]): number {
  const words = sources.reduce((sum, source) => sum + wordsOf(source), 0)
  return Math.max(5, 5 * Math.round(words / wordsPerMinute / 5))
}

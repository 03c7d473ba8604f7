/**
 * Measures the prose of a chapter in its MDX source: numbers per 100 words, the share of short sentences, and what must
 * not occur in it. Figures, tables, formulas and code are not prose. A component that writes a number counts as it is
 * read: an estimate with its interval is three numbers. References such as “part 10” are not counted.
 */

/** What a component writes between the words of a sentence. */
const written: Readonly<Record<string, string>> = {
  Value: ' 0 ',
  Steps: ' 0 ',
  Best: ' 0 ',
  Nearest: ' 0 ',
  Rises: ' 0 ',
  Accumulation: ' 0 ',
  Measured: ' 0 ',
  Spread: ' 0 ± 0 ',
  Times: ' 0 times (0 to 0) ',
  Difference: ' 0 (0 to 0) ',
  Cite: ' Author ',
  Equation: ' x ',
}

interface ChapterLanguage {
  words: number
  numbersPer100Words: number
  sentences: string[]
  /** The share of sentences with six words or fewer. */
  shortShare: number
}

/** The prose of a chapter, without markup, one paragraph a line. */
export function proseOf(mdx: string): string {
  return (
    mdx
      .replace(/^---\n[\s\S]*?\n---\n/, '')
      .replaceAll(/^```[\s\S]*?^```$/gm, '')
      .replaceAll(/^<(Figure|Clouds|Boundaries|Original|Aside|Table)\b[\s\S]*?^<\/\1>$/gm, '\n')
      // The question of a prediction or an exercise is prose, its choices are not.
      .replaceAll(/^<(?:Predict|Exercise)\b[\s\S]*?question="([^"]*)"[\s\S]*?>$/gm, '\n$1\n')
      // What opens over several lines and closes itself is a table or a figure.
      .replaceAll(/^<[A-Z]\w+\n[\s\S]*?^\/>$/gm, '\n')
      .replaceAll(/<([A-Z]\w+)(?:\s[^<>]*)?\s*\/>/g, (_, name: string) => written[name] ?? '\n')
      .replaceAll(/\{' '\}/g, ' ')
      .replaceAll(/<[^>]*>/g, '')
      .replaceAll(/^(#+ .*|\s*)$/gm, '\n')
      .replaceAll(/^(?:\d+\.|-) /gm, '\n')
      .split(/\n{2,}/)
      .map((paragraph) => paragraph.replaceAll(/[*_`]/g, '').replaceAll(/\s+/g, ' ').trim())
      .filter(Boolean)
      .join('\n')
      .replaceAll(/\b([Pp]arts?) \d+(?:(?: and|,| to) \d+)*/g, '$1')
  )
}

/** Measures a chapter. */
export function languageOf(mdx: string): ChapterLanguage {
  const prose = proseOf(mdx)
  const wordsOf = (text: string) => text.match(/[\p{L}\d][\p{L}\d.’/-]*/gu) ?? []
  const words = wordsOf(prose)
  const numbers = words.filter((word) => /^\d/.test(word))
  const sentences = prose.split('\n').flatMap((paragraph) => paragraph.split(/(?<=[.?!][”’)]*)\s+/))
  return {
    words: words.length,
    numbersPer100Words: (100 * numbers.length) / words.length,
    sentences,
    shortShare: sentences.filter((sentence) => wordsOf(sentence).length <= 6).length / sentences.length,
  }
}

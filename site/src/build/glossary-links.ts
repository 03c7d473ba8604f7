/**
 * Links the first use of each glossary term in a part of the article to its definition. Only running text counts: links,
 * code, tables, captions and what is folded away stay as they are. A term in bold is being defined there, so it is not
 * linked later in the part.
 */
import { anchorOf, glossary } from './glossary.ts'

/** Longer terms first: batch size before batch. */
const terms = Object.entries(glossary).sort(([, a], [, b]) => b.name.length - a.name.length)
const patterns = terms.map(([, { forms }]) => `(?<![\\p{L}-])(${forms.replaceAll(' ', '\\s+')})(?![\\p{L}-])`)
const anyTerm = new RegExp(patterns.join('|'), 'giu')

/** Elements that contain running text, and those within them whose text stays as it is. */
const running = new Set(['p', 'li'])
const skipped = new Set(
  'a b button code data details dl fieldset figure h2 h3 label math pre strong svg table'.split(' '),
)

/** Adds the links to the HTML of a part. */
export function linkTerms(html: string): string {
  const used = new Set<string>()
  /** The elements around the text that matter, from the outermost. */
  const around: string[] = []
  return html.replaceAll(/<(\/?)([a-z][\w-]*)[^>]*>|[^<]+/gi, (token, slash?: string, name?: string) => {
    if (name !== undefined) {
      if (slash === '/' && around.at(-1) === name) around.pop()
      else if (slash === '' && (running.has(name) || skipped.has(name)) && !token.endsWith('/>')) around.push(name)
      return token
    }
    if (around.includes('strong') && !around.includes('figure'))
      for (const match of token.matchAll(anyTerm)) used.add(nameOf(match))
    if (!around.some((element) => running.has(element)) || around.some((element) => skipped.has(element))) return token
    return token.replaceAll(anyTerm, (word, ...match: unknown[]) => {
      const term = nameOf([word, ...match])
      if (used.has(term)) return word
      used.add(term)
      return `<a class="term" href="#${anchorOf(term)}">${word}</a>`
    })
  })
}

/** The term of a match: that of the first group that has matched. */
function nameOf(match: readonly unknown[]): string {
  return terms[match.slice(1, terms.length + 1).findIndex((group) => group !== undefined)]![0]
}

/** The language of the first parts of the article, and its glossary, as the built page has them. */
import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { anchorOf, glossary } from '../../../site/src/build/glossary.ts'
import { minutesToRead, wordsOf } from '../../../site/src/build/reading-time.ts'
import { builtPages } from '../../support/built-pages.ts'

const { html } = builtPages().find(({ path }) => path === '/')!
const chapters = Array.from(
  html.matchAll(/<section id="([^"]+)"[^>]* class="chapter[^"]*"[^>]*>([\s\S]*?)<\/section>/g),
  ([, id = '', text = '']) => ({ id, text }),
)
/** Those that follow the original's experiments. */
const first = [
  'batch-size',
  'three-flavors',
  'the-problem',
  'batch-gradient-descent',
  'stochastic-gradient-descent',
  'mini-batch-gradient-descent',
].map((id) => chapters.find((chapter) => chapter.id === id)!)

/** What a reader reads in a row: without figures, tables, code, formulas and what is folded away. */
const proseOf = (text: string) =>
  text.replaceAll(/<(figure|table|pre|math|details|fieldset|svg|button)\b[\s\S]*?<\/\1>/g, ' ')
const paragraphsOf = (text: string) =>
  Array.from(proseOf(text).matchAll(/<(p|li)\b[^>]*>([\s\S]*?)<\/\1>/g), ([, , inner = '']) => inner)
const plain = (markup: string) =>
  markup
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
const wordsIn = (text: string) => text.match(/[\p{L}\d]+(?:[’'.,-][\p{L}\d]+)*/gu) ?? []

describe('parts 1 to 6', () => {
  const paragraphs = first.flatMap(({ text }) => paragraphsOf(text).map(plain))
  const words = paragraphs.flatMap(wordsIn)

  it('are there, with enough to read', () => {
    expect(first).toHaveLength(6)
    expect(words.length).toBeGreaterThan(2500)
  })

  it('have at most three numbers in a hundred words', () => {
    const numbers = words.filter((word) => /^\d/.test(word))
    expect((100 * numbers.length) / words.length).toBeLessThanOrEqual(3)
  })

  it('have few sentences of six words or fewer', () => {
    const sentences = paragraphs
      .map((text) => text.replaceAll('et al.', 'and others'))
      .flatMap((text) => text.split(/(?<=[.?!])\s+(?=\p{Lu})/u))
      .filter((text) => wordsIn(text).length > 0)
    const short = sentences.filter((sentence) => wordsIn(sentence).length <= 6)
    expect(short.length / sentences.length).toBeLessThanOrEqual(0.1)
  })

  it('speak of updates and examples: no steps, rows or iterations', () => {
    const strange = paragraphs.filter((text) => /\b(rows|tremble|dear|anew)\b/.test(text))
    expect(strange.filter((text) => !/one-hot|shuffles? anew/.test(text))).toEqual([])
  })

  it.each(first)('$id ends with a recap, and folds nothing but the exercise', ({ text }) => {
    expect(text.match(/class="recap/g)).toHaveLength(1)
    const folds = Array.from(text.matchAll(/<details[^>]*class="([^"]*)"/g), ([, name]) => name!.split(' ')[0])
    expect(folds.filter((name) => name !== 'exercise' && name !== 'figure-menu')).toEqual([])
  })
})

describe('the glossary', () => {
  const terms = Object.entries(glossary)

  it('defines every term once, in the order of the alphabet', () => {
    const names = terms.map(([, { name }]) => name)
    expect(names).toEqual(names.toSorted())
    for (const [key, { definition }] of terms) {
      expect(html.split(`id="${anchorOf(key)}"`)).toHaveLength(2)
      expect(definition).toMatch(/\.$/)
    }
  })

  it.each(chapters)('explains each term of $id at its first use there, or before', ({ text }) => {
    const unexplained = terms.filter(([key, { forms, name }]) => {
      // The use of a longer term is none of this one: a full batch.
      const longer = terms.filter(([, other]) => other.name.length > name.length).map(([, other]) => other.forms)
      const explained = text.search(new RegExp(`href="#${anchorOf(key)}"|<strong[^>]*>[^<]*(?:${forms})`, 'iu'))
      const before = explained < 0 ? text : text.slice(0, explained)
      // Other links, buttons and code stay as they are.
      const read = paragraphsOf(before).map((inner) =>
        inner.replaceAll(/<(a|button|code|strong)\b[\s\S]*?<\/\1>/g, ' '),
      )
      return new RegExp(`(?<![\\p{L}-])(?:${forms})(?![\\p{L}-])`, 'iu').test(
        read
          .map(plain)
          .join('\n')
          .replaceAll(new RegExp(longer.join('|') || '$^', 'giu'), ' '),
      )
    })
    expect(unexplained.map(([key]) => key)).toEqual([])
  })

  it('has no definition that uses a word in another sense: each begins with a capital letter', () => {
    for (const [, { definition }] of terms) expect(definition).toMatch(/^[A-Z]/)
  })
})

describe('the reading time', () => {
  it('counts the words of the text, not its tags and programs', () => {
    expect(wordsOf('---\ntitle: No\n---\n\nOne **two** <Value of="test" in="x" />three.\n')).toBe(3)
    expect(minutesToRead(['word '.repeat(2000)])).toBe(10)
  })

  it('is said at the start', () => {
    const sources = [1, 2, 3, 4, 5, 6].map((part) => {
      const id = first[part - 1]!.id
      return readFileSync(`site/src/content/tutorial/${part}-${id}.mdx`, 'utf8')
    })
    expect(plain(html)).toMatch(
      new RegExp(`about \\d+ minutes to read, or ${minutesToRead(sources)} for the first six`),
    )
  })
})

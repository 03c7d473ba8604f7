import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { languageOf, proseOf } from '../../support/chapter-language.ts'

/** The chapters that keep to the limits below, each with the words that it explains and may therefore use. */
const chapters: Readonly<Record<string, readonly string[]>> = {
  '7-effect-of-the-batch-size': [],
  '8-scale-first': [],
  '9-real-data': [],
  '10-looks-like-noise': [],
  '11-one-choice': [],
  '12-what-to-do': [],
  '13-checklist': [],
  '14-questions': ['iteration', 'step'],
}

/** Other words for an update, an example, and what is still drifting. */
const synonyms = ['step', 'steps', 'iteration', 'iterations', 'row', 'rows', 'sample', 'samples', 'still learning']

describe.each(Object.entries(chapters))('chapter %s', (name, explained) => {
  const mdx = readFileSync(`site/src/content/tutorial/${name}.mdx`, 'utf8')
  const { words, numbersPer100Words, sentences, shortShare } = languageOf(mdx)

  it('has at most three numbers in 100 words of prose', () => {
    expect(words).toBeGreaterThan(150)
    expect(numbersPer100Words).toBeLessThanOrEqual(3)
  })

  it('is written in complete sentences: at most a tenth of them have six words or fewer', () => {
    expect(sentences.length).toBeGreaterThan(10)
    expect({ shortShare, sentences }).toMatchObject({ shortShare: expect.toSatisfy((share: number) => share <= 0.1) })
  })

  it('says update and example', () => {
    const found = synonyms.filter(
      (word) => !explained.includes(word) && new RegExp(`\\b${word}\\b`, 'i').test(proseOf(mdx)),
    )
    expect(found).toEqual([])
  })

  it('ends with a line that sums it up', () => {
    expect(mdx.match(/^<Recap>$/gm)).toHaveLength(1)
  })

  it('hides nothing but an answer: no figure, table or paragraph waits for a click', () => {
    for (const [, inside = ''] of mdx.matchAll(/^<Predict\b[\s\S]*?^>$([\s\S]*?)^<\/Predict>$/gm))
      expect(inside.trim()).toMatch(/^<Answer>[^]*<\/Answer>$/)
    expect(mdx).not.toContain('<details')
  })
})

describe('the measure', () => {
  it('counts what is read: numbers that components write, but no figures, tables and references', () => {
    const mdx = `---
title: One
---

It is <Value of="test" in="batchSize=1" /> after 200 epochs (part 10), and that is all that this sentence says.
Short one.

<Figure
  id="x"
>
  Not 1 word, not 2.
</Figure>

<Comparison
  rows={[['4', 'batchSize=4']]}
/>

It is <Times of="instability" in="a" than="b" /> as large.
`
    const { words, numbersPer100Words, sentences, shortShare } = languageOf(mdx)
    expect(sentences).toHaveLength(3)
    expect(shortShare).toBeCloseTo(1 / 3)
    expect(Math.round((numbersPer100Words * words) / 100)).toBe(5)
  })
})

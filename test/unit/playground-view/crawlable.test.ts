import { describe, expect, it } from 'vitest'

import { presets } from '#experiment/spec/presets.ts'
import { completeSpec } from '#experiment/spec/spec.ts'
import { isListed, withNofollow } from '#playground-view/crawlable.ts'

describe('what search engines may list', () => {
  it('is every experiment of the tutorial, and no other', () => {
    for (const { spec } of presets) expect(isListed(spec)).toBe(true)
    expect(isListed(completeSpec({}))).toBe(true)
    expect(isListed(completeSpec({ batchSize: 7 }))).toBe(false)
    expect(isListed(completeSpec({ batchSize: 4, seeds: 10 }))).toBe(false)
  })
})

describe('links that crawlers are not to follow', () => {
  it.each([
    ['<a href="/playground?batchSize=7">x</a>', '<a rel="nofollow" href="/playground?batchSize=7">x</a>'],
    [
      '<a class="b" href="/api/experiments?a=1&amp;b=2">',
      '<a rel="nofollow" class="b" href="/api/experiments?a=1&amp;b=2">',
    ],
    // A view of a preset is not another page.
    [
      '<a href="/playground?batchSize=4&amp;metric=loss">',
      '<a rel="nofollow" href="/playground?batchSize=4&amp;metric=loss">',
    ],
    ['<a title="a > b" href="/charts/sweep.svg?x">', '<a rel="nofollow" title="a > b" href="/charts/sweep.svg?x">'],
    ['<a href="/playground?seed=7" rel="noopener">', '<a href="/playground?seed=7" rel="nofollow noopener">'],
  ])('%s', (html, marked) => {
    expect(withNofollow(html)).toBe(marked)
    expect(withNofollow(marked)).toBe(marked)
  })

  it.each([
    '<a href="/playground">',
    '<a href="/playground?batchSize=4">',
    '<a href="/playground?batchSize=1&amp;learningRate=0.001">',
    '<a href="/playground?batchSize=1&#38;learningRate=0.001">',
    '<a href="/reports/sweep">',
    '<a href="#set-epochs">',
    '<a href="https://example.org/?a=1">',
    '<aside data-href="/playground?seed=7">',
    '<form action="/playground?seed=7">',
  ])('not %s', (html) => {
    expect(withNofollow(html)).toBe(html)
  })
})

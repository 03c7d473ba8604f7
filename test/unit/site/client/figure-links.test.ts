/** Words of the prose that set figures: what they name is there, and can be set so. */
import { describe, expect, it } from 'vitest'

import { readSpec, specQuery } from '#experiment/spec/permalink.ts'

import type { FigureProps } from '../../../../site/src/client/figure/figure-props.ts'
import { setFigureProps } from '../../../../site/src/client/figure/train-in-browser.ts'
import { builtPages, elements } from '../../../support/built-pages.ts'

const { html } = builtPages().find(({ path }) => path === '/')!
const words = elements(html, 'a').filter(({ attributes }) => attributes.has('data-sets'))
const settable = new Map(
  [...elements(html, 'figure'), ...elements(html, 'section')]
    .filter(({ attributes }) => attributes.has('data-settable'))
    .map(({ attributes }) => [attributes.get('id')!, attributes]),
)

describe('words that set a figure', () => {
  it('are in the article, and so are figures that they can set', () => {
    expect(words.length).toBeGreaterThan(3)
    expect(settable.size).toBeGreaterThan(8)
    expect([...settable.keys()]).toEqual(expect.arrayContaining(['thesis', 'gradients', 'boundaries']))
  })

  it.each(words.map(({ text, attributes }) => [text, attributes] as const))('“%s”', (text, attributes) => {
    expect(text.trim()).toMatch(/\S/)
    const query = new URLSearchParams(attributes.get('data-sets'))
    const name = attributes.get('data-figure')
    if (name === undefined) return
    const figure = settable.get(name)
    expect([name, figure !== undefined]).toEqual([name, true])
    const given = figure!.get('data-given')
    if (given !== undefined) {
      const set = setFigureProps(JSON.parse(given) as FigureProps, query)
      expect(set.experiments).toHaveLength((JSON.parse(given) as FigureProps).experiments.length)
      // The browser does not look at what goes together, so what it trains must be what the API would accept.
      for (const { query: experiment } of set.experiments)
        expect(String(specQuery(readSpec(new URLSearchParams(experiment), {}, 'refuse').spec))).toBe(experiment)
      return
    }
    const settings: Record<string, string[]> = {
      thesis: ['batchSize', 'learningRate'],
      valley: ['batchSize', 'learningRate', 'momentum', 'averaging'],
    }
    const known = settings[name] ?? ['epoch']
    expect([...query.keys()].filter((key) => !known.includes(key))).toEqual([])
  })
})

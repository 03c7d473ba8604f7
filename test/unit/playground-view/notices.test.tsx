/** What the page says of keys that it does not know, as the Worker renders it. */
import { renderToString } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'

import { hasErrors, readAddress } from '#playground-view/address.ts'
import { readTyped } from '#playground-view/lenient-input.ts'
import { Notices } from '#playground-view/notices.tsx'

/** What is said of an address, and where it offers to lead. */
function notesOf(query: string): { text: string; offers: [words: string, href: string][] } {
  const { query: typed, unknownKeys, normalized } = readTyped(new URLSearchParams(query))
  const { right, shown, leftOut } = readAddress(typed)
  const setup = { spec: right, shown, typed: {}, errors: [], normalized }
  const html = renderToString(<Notices setup={setup} unknownKeys={unknownKeys} leftOut={leftOut} promise={undefined} />)
  const links = html.matchAll(/<a href="([^"]*)">(.*?)<\/a>/g)
  return {
    text: html.replaceAll(/<[^>]*>/g, ''),
    offers: Array.from(links, ([, href = '', words = '']) => [words, href.replaceAll('&amp;', '&')]),
  }
}

describe('the notes', () => {
  it.each([
    ['lr=0.1', 'Use 0.1 as learning rate', '/playground?learningRate=0.1'],
    ['learning_rate=0.1', 'Use 0.1 as learning rate', '/playground?learningRate=0.1'],
    ['batchSize%3D4', 'Use 4 as batch size', '/playground?batchSize=4'],
    ['epochs=50&bs=8', 'Use 8 as batch size', '/playground?epochs=50&batchSize=8'],
  ])('of %s offer: %s', (query, words, href) => {
    expect(notesOf(query).offers).toEqual([[words, href]])
  })

  it('offer each of several keys, and the way to one keeps the others', () => {
    const [first, second] = notesOf('lr=0.1&bs=8').offers
    expect([first![0], second![0]]).toEqual(['Use 0.1 as learning rate', 'Use 8 as batch size'])
    expect(notesOf(first![1].split('?')[1]!).offers).toEqual([
      ['Use 8 as batch size', '/playground?learningRate=0.1&batchSize=8'],
    ])
    expect(notesOf('batchSize%3D4%26epochs%3D50').offers).toHaveLength(2)
  })

  it.each(['foo=1', 'lr=abc', 'lr', 'bs=9999999', 'lr=99'])(
    'name what cannot be used, without an offer: %s',
    (query) => {
      const { text, offers } = notesOf(query)
      expect(text).toContain(`The address has ${query.split('=')[0]}, which is no setting, so it was left out.`)
      expect(offers).toEqual([])
    },
  )

  it('name five unknown keys at most, and none of them at length', () => {
    const { text } = notesOf(Array.from({ length: 50 }, (_, index) => `${'x'.repeat(500)}${index}=1`).join('&'))
    expect(text.match(/which is no setting/g)).toHaveLength(5)
    expect(text.length).toBeLessThan(600)
  })

  it('say nothing of decorations', () => {
    expect(notesOf('utm_source=x&fbclid=y&batchSize=4&amp;gclid=z').text).toBe('')
  })
})

it('what a shared link promises is read whatever became of the link', () => {
  const { promised, spec, shown } = readAddress(
    readTyped(new URLSearchParams('batchSize=4&amp;expect=07bafbe41963aabb&amp;v=fused-1&amp;metric=loss).')).query,
  )
  expect(hasErrors(spec)).toBe(false)
  expect(promised).toEqual({ fingerprint: '07bafbe41963aabb', version: 'fused-1' })
  expect(shown.view.metric).toBe('loss')
})

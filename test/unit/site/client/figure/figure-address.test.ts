/** How the view of a figure is kept in the page's address, and read from it. */
import { describe, expect, it } from 'vitest'

import { completeView } from '#charts/view.ts'

import { chartAddress, permalinkOf, readView, writeView } from '../../../../../site/src/client/figure/figure-address.ts'
import type { FigureProps } from '../../../../../site/src/client/figure/figure-props.ts'

const built = completeView()
const loss = { ...built, metric: 'loss' } as const
const write = (query: string, view: typeof built) => String(writeView(new URLSearchParams(query), 'noise', built, view))

describe('the view of a figure in an address', () => {
  it('is what differs from the figure as it was built', () => {
    expect(write('batchSize=4', loss)).toBe('batchSize=4&noise=loss')
    expect(readView(new URLSearchParams('noise=loss'), 'noise', built)).toEqual(loss)
  })

  it('leaves the address when all is as built again', () => {
    expect(write('batchSize=4&noise=loss&other=loss', built)).toBe('batchSize=4&other=loss')
  })

  it('is read without words that are no choice', () => {
    expect(readView(new URLSearchParams('noise=nonsense,loss'), 'noise', built)).toEqual(loss)
    expect(readView(new URLSearchParams('noise=nonsense'), 'noise', built)).toEqual(built)
  })
})

describe('where a figure leads', () => {
  const props = (...queries: string[]) =>
    ({
      chart: 'learning-curves',
      chartQuery: 'batchSize=4,8&metric=loss',
      view: { ...built, metric: 'loss' },
      engine: 'fused-1',
      experiments: queries.map((query) => ({ query, fingerprint: '0123456789abcdef' })),
    }) as FigureProps

  it('is its chart as it is shown, with the commas of lists', () => {
    expect(chartAddress(props('batchSize=4'), loss)).toBe('/charts/learning-curves.svg?batchSize=4,8&metric=loss')
    expect(chartAddress(props('batchSize=4'), built)).toBe('/charts/learning-curves.svg?batchSize=4,8&metric=accuracy')
  })

  it('is its experiment in the playground, with what to expect, or the place in the page of several', () => {
    expect(permalinkOf(props('batchSize=4'), { ...loss, axis: 'updates' }, 'noise', 'https://a.example/?x=1')).toBe(
      'https://a.example/playground?batchSize=4&metric=loss&axis=updates&expect=0123456789abcdef&v=fused-1',
    )
    const several = props('batchSize=4', 'batchSize=8')
    expect(permalinkOf(several, { ...built, axis: 'updates' }, 'noise', 'https://a.example/?x=1')).toBe(
      'https://a.example/?noise=accuracy,updates#noise',
    )
  })
})

/** How the view of a figure is kept in the page's address, and read from it. */
import { describe, expect, it } from 'vitest'

import { completeView } from '#charts/view.ts'

import { readView, writeView } from '../../../../../site/src/client/figure/view-address.ts'

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

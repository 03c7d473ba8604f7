import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { UndoHistory } from '../../../../../site/src/client/playground/undo-history.ts'

/** The history of a browser, as far as it is used: the addresses, the present one last. */
class Visited {
  addresses = ['/start']
  pushState(_state: unknown, _title: string, address: string) {
    this.addresses.push(address)
  }
  replaceState(_state: unknown, _title: string, address: string) {
    this.addresses.splice(-1, 1, address)
  }
}

describe('the reader’s steps', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('are one for each change', () => {
    const visited = new Visited()
    const steps = new UndoHistory(visited)
    steps.go('/a')
    steps.go('/b')
    expect(visited.addresses).toEqual(['/start', '/a', '/b'])
  })

  it('are one for a whole drag, whose last value the address takes when the hand rests', () => {
    const visited = new Visited()
    const steps = new UndoHistory(visited)
    for (let value = 0; value < 100; value++) steps.go(`/${value}`, 'batchSize')
    expect(visited.addresses).toEqual(['/start', '/0'])
    vi.advanceTimersByTime(150)
    expect(visited.addresses).toEqual(['/start', '/99'])
  })

  it('are two for two drags of the same control', () => {
    const visited = new Visited()
    const steps = new UndoHistory(visited)
    steps.go('/1', 'batchSize')
    steps.go('/2', 'batchSize')
    steps.end()
    steps.go('/3', 'batchSize')
    expect(visited.addresses).toEqual(['/start', '/2', '/3'])
  })

  it('do not lose the end of a drag that another change follows at once', () => {
    const visited = new Visited()
    const steps = new UndoHistory(visited)
    steps.go('/1', 'batchSize')
    steps.go('/2', 'batchSize')
    steps.go('/3')
    expect(visited.addresses).toEqual(['/start', '/2', '/3'])
  })

  it('leave the address alone after the reader went back', () => {
    const visited = new Visited()
    const steps = new UndoHistory(visited)
    steps.go('/1', 'batchSize')
    steps.go('/2', 'batchSize')
    steps.forget()
    vi.advanceTimersByTime(1000)
    expect(visited.addresses).toEqual(['/start', '/1'])
  })

  it('do not grow by a change of the view', () => {
    const visited = new Visited()
    const steps = new UndoHistory(visited)
    steps.replace('/start?metric=loss')
    expect(visited.addresses).toEqual(['/start?metric=loss'])
  })
})

import { describe, expect, it } from 'vitest'

import { LruCache } from '#experiment/lru-cache.ts'

/** Room for three values of 9,000 bytes, each with its entry. */
const roomForThree = () => new LruCache<string>(30_000, ({ length }) => 9000 + length - 1)

describe('what was used last', () => {
  it('is remembered, as it was given', () => {
    const recent = roomForThree()
    recent.set('a', '1')
    expect(recent.get('a')).toBe('1')
    expect(recent.get('b')).toBeUndefined()
  })

  it('stays, and what was unused longest is forgotten', () => {
    const recent = roomForThree()
    for (const key of ['a', 'b', 'c']) recent.set(key, '1')
    recent.get('a')
    recent.set('d', '1')
    expect(['a', 'b', 'c', 'd'].map((key) => recent.get(key))).toEqual(['1', undefined, '1', '1'])
  })

  it('never takes more bytes than it may, and counts what an entry itself takes', () => {
    const recent = roomForThree()
    for (let key = 0; key < 100; key++) recent.set(String(key), '1')
    expect(recent.bytes).toBe(30_000)
  })

  it('counts a value that is set again once', () => {
    const recent = roomForThree()
    recent.set('a', '1')
    recent.set('a', '22')
    expect(recent.bytes).toBe(10_001)
    expect(recent.get('a')).toBe('22')
  })

  it('does not give up everything for a value that is larger than all of it', () => {
    const recent = roomForThree()
    recent.set('a', '1')
    recent.set('b', 'x'.repeat(40_000))
    expect([recent.get('a'), recent.get('b')]).toEqual(['1', undefined])
  })

  it('is made once', () => {
    const recent = roomForThree()
    let made = 0
    const make = () => String(++made)
    expect([recent.getOrMake('a', make), recent.getOrMake('a', make)]).toEqual(['1', '1'])
  })
})

/** Tables that a page loads in parts, as PapaParse does, whatever the browser has of them already. */
import { describe, expect, it } from 'vitest'

import { browsing } from '../support/browsing.ts'

const open = browsing()

const paths = [
  '/api/experiments.csv?batchSize=4&seeds=3&epochs=100&seed=8300',
  '/api/sweep.csv?batchSize=4,8,16,32&epochs=40&seed=8300',
]

describe.each(paths)('%s', (path) => {
  it('comes in parts to a page that has it whole, twice', async () => {
    const page = await open('/about')
    const { whole, parts } = await page.evaluate(async (address) => {
      const text = async (headers: Record<string, string>) => (await fetch(address, { headers })).text()
      const all = await text({})
      const joined: string[] = []
      for (let turn = 0; turn < 2; turn++) {
        const size = Math.ceil(all.length / 4)
        const pieces: string[] = []
        for (let first = 0; first < all.length; first += size)
          pieces.push(await text({ Range: `bytes=${first}-${first + size - 1}` }))
        joined.push(pieces.join(''))
      }
      return { whole: all, parts: joined }
    }, path)
    expect(whole.split('\n').length).toBeGreaterThan(4)
    expect(parts).toEqual([whole, whole])
  }, 60_000)
})

/** Tables that a page loads in parts, as PapaParse does, whatever the browser has of them already. */
import { describe, expect, it } from 'vitest'

import { browsing } from '../support/browsing.ts'

const open = browsing()

const paths = [
  '/api/experiments.csv?batchSize=4&seeds=3&epochs=100&seed=8300',
  '/api/sweep.csv?batchSize=4,8,16,32&epochs=40&seed=8300',
]

/** Parts of a quarter, and one part that is larger than the file: PapaParse takes 10 MB at once. */
describe.each(paths)('%s', (path) => {
  it('comes in parts to a page that has it whole, twice', async () => {
    const page = await open('/about')
    const { whole, parts } = await page.evaluate(async (address) => {
      const all = await (await fetch(address)).text()
      const joined: string[] = []
      for (let turn = 0; turn < 2; turn++) {
        for (const size of [Math.ceil(all.length / 4), all.length + 100]) {
          let pieces = ''
          // As readers in parts do: a page that is sent whole ends it.
          for (let isOver = false; !isOver;) {
            const Range = `bytes=${pieces.length}-${pieces.length + size - 1}`
            const response = await fetch(address, { headers: { Range } })
            pieces += await response.text()
            const length = response.headers.get('Content-Range')?.split('/')[1]
            isOver = response.status === 200 || pieces.length >= Number(length)
          }
          joined.push(pieces)
        }
      }
      return { whole: all, parts: joined }
    }, path)
    expect(whole.split('\n').length).toBeGreaterThan(4)
    expect(parts).toEqual([whole, whole, whole, whole])
  }, 60_000)
})

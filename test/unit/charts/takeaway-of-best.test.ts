import { describe, expect, it } from 'vitest'

import { takeawayOfBest, type BestOfMap } from '#charts/text/takeaway-of-best.ts'

const sizes = [16, 32, 64, 'full'] as const
const rates = [0.001, 0.01, 0.03] as const
const axes = [
  { field: 'batchSize', values: sizes },
  { field: 'learningRate', values: rates },
] as const
const places = rates.flatMap((_, rate) => sizes.map((__, size) => [size, rate]))
const cell = (size: (typeof sizes)[number], rate: (typeof rates)[number]) =>
  rates.indexOf(rate) * sizes.length + sizes.indexOf(size)
const block = [cell(16, 0.01), cell(32, 0.01), cell(64, 0.01), cell(16, 0.03), cell(32, 0.03), cell(64, 0.03)]

const say = (changes: Partial<BestOfMap> & { equal: number[]; seeds?: number }) => {
  const { equal, seeds = 10, ...rest } = changes
  const best = { best: block[0]!, equal, seeds, leftOut: 0 }
  return takeawayOfBest({ axes, places, color: 'accuracy', target: 0.8, best, ...rest })
}

describe('the sentence about the best cells', () => {
  it('names the ranges of a block, and the calmest cell in it', () => {
    expect(say({ equal: block, second: cell(64, 0.01) })).toBe(
      'Batch 16–64 at 0.01–0.03 are equally good in 10 seeds; the calmest of them is 64 at 0.01.',
    )
  })

  it('counts the cells where not all of the ranges are meant', () => {
    expect(say({ equal: block.slice(0, 4) })).toBe('4 cells of batch 16–64 at 0.01–0.03 are equally good in 10 seeds.')
  })

  it('says that one alone is best, and that few seeds do not tell what is as good', () => {
    expect(say({ equal: [block[0]!] })).toBe(
      'Batch 16 at 0.01 is the most accurate in 10 seeds: all others differ from it.',
    )
    expect(say({ equal: [], seeds: 3 })).toBe(
      'Batch 16 at 0.01 is the most accurate in 3 seeds. What is as good can be said from 5 seeds on.',
    )
    expect(say({ equal: [], best: undefined })).toBe('No cell has a value in every run, so none is the best.')
  })

  it('says what the color shows, and of calm cells which is the most accurate', () => {
    expect(say({ equal: block, color: 'instability', second: cell(16, 0.03) })).toBe(
      'Batch 16–64 at 0.01–0.03 are equally calm in 10 seeds; the most accurate of them is 16 at 0.03.',
    )
    expect(say({ equal: block, color: 'epochs', target: 0.85 })).toContain('equally fast to 0.85 in 10 seeds.')
  })

  it('says “full batch” of the largest batch, and what the best cell has the least of', () => {
    const full = cell('full', 0.01)
    const best = { best: full, equal: [full], seeds: 10, leftOut: 0 }
    expect(say({ equal: [], best, color: 'churn' })).toBe(
      'Full batch at 0.01 has the least churn in 10 seeds: all others differ from it.',
    )
  })

  it('names one field alone, and fields other than the learning rate', () => {
    const one = [{ field: 'momentum', values: [0, 0.5, 0.9] }] as const
    expect(
      say({
        axes: one,
        places: [[0], [1], [2]],
        equal: [1, 2],
        best: { best: 1, equal: [1, 2], seeds: 10, leftOut: 0 },
      }),
    ).toBe('Momentum 0.5–0.9 are equally good in 10 seeds.')
  })
})

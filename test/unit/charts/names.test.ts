/** The names of experiments, as headings and titles of pages have them. */
import { describe, expect, it } from 'vitest'

import { headingOf } from '#charts/text/heading.ts'
import { completeSpec } from '#experiment/spec/spec.ts'

describe('the name of an experiment', () => {
  it('is that of the tutorial’s own where nothing differs', () => {
    expect(headingOf(completeSpec({}))).toBe('The tutorial’s experiment')
  })

  it('says what differs, and begins with a capital', () => {
    expect(headingOf(completeSpec({ batchSize: 4 }))).toBe('Batch size 4')
    expect(headingOf(completeSpec({ seeds: 30, batchSize: 'full' }))).toBe('Full batch (500), 30 seeds')
    expect(headingOf(completeSpec({ averaging: 'swa' }))).toBe('Averaged (SWA)')
  })

  it('begins with the data, the batch size and the learning rate, then goes by the alphabet', () => {
    const spec = completeSpec({ activation: 'tanh', momentum: 0, learningRate: 0.1, batchSize: 8, dataset: 'moons' })
    expect(headingOf(spec)).toBe('Dataset moons, batch size 8, learning rate 0.1, activation tanh, momentum 0')
  })

  it('says in words how a run goes on', () => {
    const of = (query: Parameters<typeof completeSpec>[0]) => headingOf(completeSpec(query))
    expect(of({ batchSize: 4, batchSizeSchedule: '50:32-100:256' })).toBe(
      'Batch size 4, then 32 after 50 epochs, 256 after 100',
    )
    expect(of({ learningRateSchedule: '50:0.001' })).toBe('Learning rate 0.001 after 50 epochs')
    expect(of({ learningRateSchedule: 'cosine', warmup: 1 })).toBe('Cosine learning rate, warmup of 1 epoch')
    expect(of({ optimizer: 'adam', warmup: 5 })).toBe('Adam, warmup of 5 epochs')
    expect(of({ lastBatch: 'dropped', replacement: true })).toBe('Last batch dropped, drawn with replacement')
  })
})

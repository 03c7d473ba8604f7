import { describe, expect, it } from 'vitest'

import type { ExperimentResult } from '#experiment/result/result.ts'
import { completeSpec } from '#experiment/spec/spec.ts'

import { stockDifferenceText, askStock, whyUnchecked } from '../../../../../site/src/client/playground/stock.ts'
import { drawingOf } from '../../../../support/drawings.ts'

const [one] = (await drawingOf('learning-curves', [{ epochs: 8 }])).results
const [three] = (await drawingOf('learning-curves', [{ epochs: 8, seeds: 3 }])).results

/** The result with other test accuracies of its first run. */
const withLine = (
  result: ExperimentResult,
  change: (value: number, epoch: number) => number | null,
): ExperimentResult => ({
  ...result,
  runs: result.runs.map((run) => ({
    ...run,
    history: { ...run.history!, testAccuracy: run.history!.testAccuracy.map((value, epoch) => change(value!, epoch)) },
  })),
})

describe('the check with stock TensorFlow.js', () => {
  it('is refused where it would take too long, with what would fit', () => {
    expect(whyUnchecked(completeSpec({}))).toBeUndefined()
    const why = whyUnchecked(completeSpec({ seeds: 30, epochs: 100 }))!
    const [, most] = /up to (\d+) seeds/.exec(why)!
    expect(whyUnchecked(completeSpec({ seeds: Number(most), epochs: 100 }))).toBeUndefined()
    expect(whyUnchecked(completeSpec({ seeds: Number(most) + 1, epochs: 100 }))).toBeDefined()
    const [, epochs] = /up to (\d+) epochs/.exec(why)!
    expect(whyUnchecked(completeSpec({ seeds: 30, epochs: Number(epochs) }))).toBeUndefined()
  })

  it('asks for the same experiment by the other engine, and tells how far it is', async () => {
    const told: unknown[] = []
    const asked = await askStock(
      completeSpec({ epochs: 8, batchSize: 4 }),
      { signal: new AbortController().signal, onProgress: (...news) => told.push(news) },
      async (url, { onWait, onSend }) => {
        onWait(2)
        onSend?.()()
        return { headers: new Headers(), json: { url } }
      },
      (query, seeds, onProgress) => {
        onProgress(0.5, `${query} of ${seeds}`)
        return () => told.push('over')
      },
    )
    expect(asked).toEqual({ url: '/api/experiments?batchSize=4&engine=layers&epochs=8&histories=1' })
    expect(told).toEqual([
      [0, 'the Worker is busy, asking again in 2 s'],
      [0.5, 'batchSize=4&engine=layers&epochs=8 of 1'],
      'over',
    ])
  })
})

describe('how far both are apart', () => {
  it('is said of the line that is drawn: its ends, the average, the most, and how long it is equal', () => {
    const stock = withLine(one, (value, epoch) => (epoch < 4 ? value : value + 0.01 * (epoch - 3)))
    const own = one.runs[0]!.history!.testAccuracy.at(-1)!
    expect(stockDifferenceText(one, stock)).toBe(
      `Stock TensorFlow.js ends at a test accuracy of ${(own + 0.04).toFixed(3)}, the kernel at ${own.toFixed(3)}. ` +
        'After an epoch they are 0.0125 apart on average, and 0.040 at most. It is equal for the first 4 epochs. ' +
        'Both start from the same weights and see the same rows; they round differently, and a training magnifies that.',
    )
  })

  it('is nothing where they are equal', () => {
    expect(stockDifferenceText(one, one)).toBe('Stock TensorFlow.js has the same test accuracy after every epoch.')
    expect(stockDifferenceText(three, three)).toBe(
      'Stock TensorFlow.js has the same mean test accuracy after every epoch.',
    )
  })

  it('is not said of runs that diverged', () => {
    expect(
      stockDifferenceText(
        one,
        withLine(one, () => null),
      ),
    ).toContain('there are no epochs to compare')
  })
})

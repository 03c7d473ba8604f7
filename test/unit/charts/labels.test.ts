/** Numbers, names and lines of text in a chart, as a reader sees them. */
import { describe, expect, it } from 'vitest'

import {
  differencesInWords,
  fieldInWords,
  settingInWords,
  titleAfterTraining,
  titleOfDataset,
  titleOfMultiples,
  titleOfSweep,
  verticalTitle,
} from '#charts/text/experiment-names.ts'
import { decade, decimal, missing, spread, tick, wholeNumber } from '#charts/text/format.ts'
import { spreadApart } from '#charts/text/spread-apart.ts'
import { textWidth, wrapped } from '#charts/text/text-width.ts'
import { completeView, epochAtPosition, linesOf, positionOfEpoch } from '#charts/view.ts'
import { permalink } from '#experiment/spec/permalink.ts'
import { completeSpec, type PartialSpec } from '#experiment/spec/spec.ts'

describe('labels', () => {
  it('that would overlap are moved apart, to 16 pixels, as little as can be', () => {
    expect(spreadApart([100, 104])).toEqual([94, 110])
    expect(spreadApart([104, 100])).toEqual([110, 94])
    // Of equal ones the later is above.
    expect(spreadApart([100, 100])).toEqual([108, 92])
    expect(spreadApart([100, 100, 100])).toEqual([116, 100, 84])
    // The second pushes the first into the third, and all three share the way.
    expect(spreadApart([110, 100, 120])).toEqual([110, 94, 126])
    expect(spreadApart([100, 108, 300, 124])).toEqual([
      expect.closeTo(94.667, 3),
      expect.closeTo(110.667, 3),
      300,
      expect.closeTo(126.667, 3),
    ])
  })

  it('that have room stay where they are, and so does one alone', () => {
    expect(spreadApart([100, 116])).toEqual([100, 116])
    expect(spreadApart([140, 100, 200])).toEqual([140, 100, 200])
    expect(spreadApart([50])).toEqual([50])
    expect(spreadApart([])).toEqual([])
  })
})

describe('pieces of text', () => {
  it('share a line as long as they fit, to the pixel', () => {
    const width = textWidth('one two')
    expect(wrapped(['one', 'two', 'three'], width)).toEqual(['one two', 'three'])
    expect(wrapped(['one', 'two', 'three'], width - 0.1)).toEqual(['one', 'two', 'three'])
    expect(wrapped(['one', 'two', 'three'], 1000)).toEqual(['one two three'])
    // Only what is wider than a line is broken between its words.
    expect(wrapped(['longer than that'], 10)).toEqual(['longer', 'than', 'that'])
    expect(wrapped([], 10)).toEqual([])
  })

  it('are as wide as their letters: digits widest, points and brackets narrowest', () => {
    expect(textWidth('')).toBe(0)
    expect(textWidth('12')).toBeCloseTo(2 * 8.3)
    expect(textWidth('ab')).toBeCloseTo(2 * 7.9)
    expect(textWidth('0.5')).toBeCloseTo(8.3 + 4.7 + 8.3)
    expect(textWidth('\u22125')).toBeCloseTo(10.9 + 8.3)
    expect(textWidth('(10⁻³)')).toBeCloseTo(4 * 4.7 + 2 * 8.3)
  })
})

describe('a number', () => {
  it('that is whole has its digits grouped from 10,000 on', () => {
    expect([0, 7, 999, 9999, 10_000, 25_000, 1_234_567, -12_345].map(wholeNumber)).toEqual([
      '0',
      '7',
      '999',
      '9999',
      '10\u202f000',
      '25\u202f000',
      '1\u202f234\u202f567',
      '−12\u202f345',
    ])
    expect(wholeNumber(15.6)).toBe('16')
  })

  it('has three decimals, or as many as asked for, and a real minus sign', () => {
    expect([0.8333, 0, -0.25, 1].map((value) => decimal(value))).toEqual(['0.833', '0.000', '−0.250', '1.000'])
    expect(decimal(0.00068, 4)).toBe('0.0007')
    expect([decimal(null), decimal(undefined)]).toEqual([missing, missing])
  })

  it('that is very large or would be all zeros is a power of ten', () => {
    expect([9999, 10_000, 4.12e20, -4.12e20].map((value) => decimal(value))).toEqual([
      '9999.000',
      '10⁴',
      '4.1×10²⁰',
      '−4.1×10²⁰',
    ])
    expect([0.0004, 0.0005, 1e-12, -2.5e-9].map((value) => decimal(value))).toEqual([
      '4×10⁻⁴',
      '0.001',
      '10⁻¹²',
      '−2.5×10⁻⁹',
    ])
  })

  it('at a tick is as short as it can be', () => {
    expect([0, 0.1, 0.30000000000000004, 0.0001, 0.00001, 999, 1000, 25_000, -1].map(tick)).toEqual([
      '0',
      '0.1',
      '0.3',
      '0.0001',
      '10⁻⁵',
      '999',
      '1000',
      '25\u202f000',
      '−1',
    ])
    expect([0.009, 0.01, 0.5, 999, 1000, 1e20].map(decade)).toEqual(['9×10⁻³', '0.01', '0.5', '999', '10³', '10²⁰'])
  })

  it('with a deviation has both, and alone where there is none', () => {
    expect(spread({ mean: 0.83349, sd: 0.0032 })).toBe('0.833\u00a0±\u00a00.003')
    expect(spread({ mean: 0.83349, sd: null })).toBe('0.833')
    expect(spread({ mean: null, sd: null })).toBe(missing)
  })
})

const specified = (given: PartialSpec = {}) => {
  const spec = completeSpec(given)
  return { spec, permalink: permalink(spec) }
}

describe('a setting in words', () => {
  it.each<[PartialSpec, Parameters<typeof settingInWords>[1], string]>([
    [{ batchSize: 64 }, 'batchSize', 'batch size 64'],
    [{ batchSize: 'full' }, 'batchSize', 'full batch (500)'],
    [{ batchSize: 'full', examples: 3000, trainFraction: 0.9 }, 'batchSize', 'full batch (2700)'],
    [{ epochs: 1 }, 'epochs', '1 epoch'],
    [{ epochs: 2000 }, 'epochs', '2000 epochs'],
    [{ seeds: 100 }, 'seeds', '100 seeds'],
    [{ hiddenUnits: 'none' }, 'hiddenUnits', 'no hidden layer'],
    [{ hiddenUnits: '2' }, 'hiddenUnits', '2 hidden units'],
    [{ hiddenUnits: '1' }, 'hiddenUnits', '1 hidden unit'],
    [{ classes: 10 }, 'classes', '10 classes'],
    [{ examples: 2000 }, 'examples', '2000 examples'],
    [{ hiddenUnits: '50-20' }, 'hiddenUnits', 'hidden units 50-20'],
    [{ shuffle: false }, 'shuffle', 'not shuffled'],
    [{}, 'shuffle', 'shuffled'],
    [{ learningRate: 0.001 }, 'learningRate', 'learning rate 0.001'],
    [{}, 'datasetSeed', 'dataset seed 2'],
  ])('%j: %s is %s', (given, field, words) => {
    expect(settingInWords(completeSpec(given), field)).toBe(words)
  })

  it('names fields as a reader would', () => {
    expect((['batchSize', 'momentum', 'trainFraction'] as const).map(fieldInWords)).toEqual([
      'batch size',
      'momentum',
      'train fraction',
    ])
  })

  it('tells experiments apart by what varies; by the batch size where nothing does', () => {
    expect(differencesInWords(specified({ batchSize: 8, learningRate: 0.1 }), ['batchSize', 'learningRate'])).toBe(
      'batch size 8, learning rate 0.1',
    )
    expect(differencesInWords(specified({ batchSize: 8 }), [])).toBe('batch size 8')
  })
})

describe('the title', () => {
  it('of several experiments says what varies, and what they share that is not the tutorial’s', () => {
    const first = specified({ batchSize: 8, dataset: 'moons', seeds: 5 })
    expect(titleOfSweep([first], ['batchSize'])).toBe(
      'Test accuracy and instability by batch size, dataset moons, 5 seeds',
    )
    expect(titleOfSweep([specified()], [])).toBe('Test accuracy and instability by batch size')
    expect(titleOfSweep([specified({ batchSize: 8 })], ['batchSize', 'learningRate'])).toBe(
      'Test accuracy and instability by batch size and learning rate',
    )
    expect(titleOfMultiples([first], ['batchSize', 'dataset'], completeView())).toBe(
      'Train and test accuracy on the same axes by batch size and dataset, 5 seeds',
    )
  })

  it('of data says how many, of what, and how they were drawn where that is not the tutorial’s', () => {
    expect(titleOfDataset(specified())).toBe('The dataset: 1000 examples of blobs in 3 classes')
    expect(
      titleOfDataset(specified({ dataset: 'moons', noise: 0.5, datasetSeed: 7, trainFraction: 0.3, batchSize: 8 })),
    ).toBe('The dataset: 1000 examples of moons in 2 classes, dataset seed 7, noise 0.5, train fraction 0.3')
  })

  it('of a decision boundary says after how long, and of one run nothing of how many', () => {
    expect(titleAfterTraining('Decision boundary', specified({ seeds: 9, epochs: 50, dataset: 'moons' }))).toBe(
      'Decision boundary after 50 epochs, batch size 32, learning rate 0.01, dataset moons',
    )
  })

  it('of an axis says its unit', () => {
    expect(verticalTitle(completeView())).toBe('accuracy')
    expect(verticalTitle(completeView({ metric: 'loss' }))).toBe('loss (log scale)')
  })
})

describe('a view', () => {
  it('is of accuracies by epoch, evaluated, all runs, where nothing else is said', () => {
    expect(completeView()).toEqual({
      metric: 'accuracy',
      axis: 'epochs',
      train: 'evaluated',
      runs: 'all',
      value: 'instability',
    })
  })

  it('has two lines, train behind test', () => {
    const of = (view: Parameters<typeof completeView>[0]) =>
      linesOf(completeView(view)).map(({ name, metric }) => `${name} ${metric}`)
    expect(of({})).toEqual(['train trainAccuracy', 'test testAccuracy'])
    expect(of({ metric: 'loss' })).toEqual(['train trainLoss', 'test testLoss'])
    expect(of({ train: 'running' })).toEqual(['train runningAccuracy', 'test testAccuracy'])
    expect(of({ train: 'running', metric: 'loss' })).toEqual(['train runningLoss', 'test testLoss'])
  })

  it('counts epochs, or the updates that they have', () => {
    const spec = completeSpec({})
    const updates = completeView({ axis: 'updates' })
    expect(positionOfEpoch(spec, completeView(), 7)).toBe(7)
    expect(positionOfEpoch(spec, updates, 7)).toBe(7 * 16)
    expect(epochAtPosition(spec, updates, 7 * 16)).toBe(7)
  })

  it('counts the updates of a growing batch as they are made', () => {
    const spec = completeSpec({ batchSizeSchedule: '50:250-100:full' })
    const updates = completeView({ axis: 'updates' })
    const places = [1, 50, 51, 100, 101, 200].map((epoch) => positionOfEpoch(spec, updates, epoch))
    expect(places).toEqual([16, 800, 802, 900, 901, 1000])
    expect(places.map((place) => epochAtPosition(spec, updates, place))).toEqual([1, 50, 51, 100, 101, 200])
  })
})

/**
 * Says which cells of a map are as good as the best one: `Batch 16–64 at 0.01–0.03 are equally good in 10 seeds; the
 * calmest of them is 64 at 0.01.`
 */
import type { BestCells } from '#experiment/result/best-cells.ts'
import { fewestForInterval } from '#experiment/result/confidence-interval.ts'
import type { MapColor } from '#experiment/result/map-run.ts'
import type { Stop } from '#experiment/spec/controls.ts'
import type { SpecField } from '#experiment/spec/spec.ts'

import { fieldInWords } from './experiment-names.ts'

/** What the sentence is about. */
export interface BestOfMap {
  /** The one or two fields that vary, with all their values in ascending order. */
  axes: readonly { field: SpecField; values: readonly Stop[] }[]
  /** For each cell, the place of its value on each axis. */
  places: readonly (readonly number[])[]
  color: MapColor
  /** The test accuracy that counts the epochs. */
  target: number
  best: BestCells | undefined
  /** The one of the equal cells that is best in another respect: the calmest or the most accurate; undefined if unknown. */
  second?: number | undefined
}

interface Words {
  /** What cells are that cannot be told apart. */
  equal: (target: number) => string
  /** The predicate of the best cell. */
  best: (target: number) => string
}

const wordsOf: Readonly<Record<MapColor, Words>> = {
  accuracy: { equal: () => 'equally good', best: () => 'is the most accurate' },
  instability: { equal: () => 'equally calm', best: () => 'is the calmest' },
  churn: { equal: () => 'equal in churn', best: () => 'has the least churn' },
  epochs: { equal: (target) => `equally fast to ${target}`, best: (target) => `is the fastest to ${target}` },
  loss: { equal: () => 'equal in test loss', best: () => 'has the lowest test loss' },
}

/** What `second` is best in, by the color of the map. */
export function secondColor(color: MapColor): 'instability' | 'accuracy' {
  return color === 'instability' || color === 'churn' ? 'accuracy' : 'instability'
}

/** The sentence about the best cells. */
export function takeawayOfBest({ axes, places, color, target, best, second }: BestOfMap): string {
  if (!best) return 'No cell has a value in every run, so none is the best.'
  const { equal, best: bestInWords } = wordsOf[color]
  const runs = best.seeds === 1 ? 'one seed' : `${best.seeds} seeds`
  const only = capitalized(cellInWords(axes, places[best.best]!))
  if (best.equal.length === 0)
    return `${only} ${bestInWords(target)} in ${runs}. What is as good can be said from ${fewestForInterval} seeds on.`
  if (best.equal.length === 1) return `${only} ${bestInWords(target)} in ${runs}: all others differ from it.`
  const which = secondColor(color) === 'instability' ? 'calmest' : 'most accurate'
  const among = second === undefined ? '' : `; the ${which} of them is ${shortCell(axes, places[second]!)}`
  return `${equalInWords(
    axes,
    best.equal.map((cell) => places[cell]!),
  )} ${equal(target)} in ${runs}${among}.`
}

type Axes = BestOfMap['axes']

/** The equal cells: all that lie within some ranges, or how many of these. */
function equalInWords(axes: Axes, places: readonly (readonly number[])[]): string {
  const ranges = axes.map((_, axis) => {
    const all = places.map((place) => place[axis]!)
    return [Math.min(...all), Math.max(...all)] as const
  })
  const inRanges = ranges.reduce((count, [from, to]) => count * (to - from + 1), 1)
  const words = axes
    .map(({ field, values }, axis) => {
      const [from, to] = ranges[axis]!
      const range = from === to ? `${values[from]}` : `${values[from]}–${values[to]}`
      return axisWords(field, range, axis)
    })
    .join(' at ')
  return places.length === inRanges ? `${capitalized(words)} are` : `${places.length} cells of ${words} are`
}

/** A cell with the names of its fields: `batch 64 at 0.01`. */
function cellInWords(axes: Axes, place: readonly number[]): string {
  return axes.map(({ field, values }, axis) => axisWords(field, String(values[place[axis]!]), axis)).join(' at ')
}

/** A cell where its fields have been named: `64 at 0.01`. */
function shortCell(axes: Axes, place: readonly number[]): string {
  return axes.map(({ values }, axis) => values[place[axis]!]).join(' at ')
}

/** A value or a range of a field. A learning rate behind a batch size needs no name. */
function axisWords(field: SpecField, values: string, axis: number): string {
  if (field === 'learningRate' && axis > 0) return values
  if (field === 'batchSize') return values === 'full' ? 'full batch' : `batch ${values}`
  return `${fieldInWords(field)} ${values}`
}

const capitalized = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)

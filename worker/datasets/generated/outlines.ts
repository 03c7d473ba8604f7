/**
 * Points along two outlines, half on each: what moons and circles have in common, in scikit-learn's order of draws.
 */
import type { RandomState } from '../numpy-random.ts'
import { arrange, inOrder, type Points } from '../points.ts'

/** Where the `index`-th of `count` points of an outline lies before noise moves it. */
type Place = (index: number, count: number) => [x: number, y: number]

/** Two outlines. */
export interface Outlines {
  outer: Place
  inner: Place
}

/**
 * Half of the points along each outline (class 0: `outer`, class 1: `inner`), shuffled, then moved by normal noise: the
 * next that a generator draws.
 */
export function drawAlong({ outer, inner }: Outlines, examples: number, noise: number, random: RandomState): Points {
  const coordinates = new Float64Array(2 * examples)
  const labels = new Uint8Array(examples)
  const outerCount = Math.floor(examples / 2)
  const innerCount = examples - outerCount
  for (let row = 0; row < examples; row++) {
    const isOuter = row < outerCount
    coordinates.set(isOuter ? outer(row, outerCount) : inner(row - outerCount, innerCount), 2 * row)
    labels[row] = isOuter ? 0 : 1
  }
  const order = inOrder(examples)
  random.shuffle(order)
  const points = arrange({ coordinates, labels }, order)
  return { ...points, coordinates: points.coordinates.map((value) => value + random.normal(0, noise)) }
}

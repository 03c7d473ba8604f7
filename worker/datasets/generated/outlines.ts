/**
 * Draws points along two outlines, half of them on each, with noise. Moons and circles share this, and its order of
 * random draws is scikit-learn's.
 */
import type { Generator } from '../generator.ts'
import { RandomState } from '../numpy-random.ts'
import { arrange, inOrder, type Points } from '../points.ts'

/** The position of the `index`-th of `count` points of an outline, before noise is added. */
type OutlinePoint = (index: number, count: number) => [x: number, y: number]

/** Two outlines. */
interface Outlines {
  outer: OutlinePoint
  inner: OutlinePoint
}

/** The generator of a dataset of two outlines. */
export function alongOutlines(outlines: Outlines): Generator {
  return {
    make: ({ examples, noise, datasetSeed }) => drawAlong(outlines, examples, noise, new RandomState(datasetSeed)),
    fresh: ({ noise }, _, examples, random) => drawAlong(outlines, examples, noise, random),
  }
}

/**
 * Draws half of the points along each outline (class 0: `outer`, class 1: `inner`), shuffles them and then adds normal
 * noise.
 */
function drawAlong({ outer, inner }: Outlines, examples: number, noise: number, random: RandomState): Points {
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

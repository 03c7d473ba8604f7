/**
 * Draws points along outlines, one for each class, with noise. Moons, circles and spirals share this, and its order of
 * random draws is scikit-learn's.
 */
import type { DatasetSpec, Generator } from '../generator.ts'
import { RandomState } from '../numpy-random.ts'
import { arrange, inOrder, type Points } from '../points.ts'
import { inPlane } from './plane.ts'

/** The position of the `index`-th of `count` points of an outline, before noise is added. */
type OutlinePoint = (index: number, count: number) => [x: number, y: number]

/**
 * The generator of a dataset of outlines.
 *
 * @param outlinesOf the outline of each class
 * @param sizesOf how many of the points each class gets
 */
export function alongOutlines(
  outlinesOf: (classes: number) => readonly OutlinePoint[],
  sizesOf: (examples: number, classes: number) => readonly number[],
): Generator {
  const draw = ({ classes, noise }: DatasetSpec, examples: number, random: RandomState) =>
    drawAlong(outlinesOf(classes), sizesOf(examples, classes), noise, random)
  return {
    ...inPlane,
    make: (spec) => draw(spec, spec.examples, new RandomState(spec.datasetSeed)),
    fresh: (spec, _, examples, random) => draw(spec, examples, random),
  }
}

/** The sizes of two outlines: half of the points each, the second with the odd one. */
export function halves(examples: number): [number, number] {
  const first = Math.floor(examples / 2)
  return [first, examples - first]
}

/** Draws the points of each outline in turn, shuffles them and then adds normal noise. */
function drawAlong(
  outlines: readonly OutlinePoint[],
  sizes: readonly number[],
  noise: number,
  random: RandomState,
): Points {
  const examples = sizes.reduce((sum, size) => sum + size, 0)
  const coordinates = new Float64Array(2 * examples)
  const labels = new Uint8Array(examples)
  let row = 0
  outlines.forEach((outline, label) => {
    const size = sizes[label]!
    for (let index = 0; index < size; index++, row++) {
      coordinates.set(outline(index, size), 2 * row)
      labels[row] = label
    }
  })
  const order = inOrder(examples)
  random.shuffle(order)
  const points = arrange({ coordinates, labels }, order)
  return { ...points, coordinates: points.coordinates.map((value) => value + random.normal(0, noise)) }
}

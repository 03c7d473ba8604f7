/** Draws the decision boundaries after each of a run's last epochs as lines. */
import { makeDataset, type Dataset } from '#datasets/dataset.ts'
import { splitDataset } from '#datasets/split.ts'
import { completeSpec, stepsPerEpoch, type PartialSpec } from '#experiment/spec/spec.ts'
import { FusedNetwork } from '#training/fused/network.ts'

import { borderPath, size, type Point, type Square } from '../client/drawings/borders.ts'

/** The drawing of a run in a square of `size` by `size`, with y downwards. */
export interface EpochBoundaries {
  /** The path of the boundaries after each epoch. */
  paths: string[]
}

/** The number of last epochs whose boundaries are drawn. */
export const trail = 12
const spec = completeSpec({})
const dataset = makeDataset(spec)
const split = splitDataset(dataset)
/** The part of the plane that is drawn. */
export const plane = planeOf(dataset)

/** The test points of each class in the coordinates of the drawing. */
export function testPoints(): Point[][] {
  const points: Point[][] = Array.from({ length: spec.classes }, () => [])
  for (let row = dataset.trainExamples; row < dataset.labels.length; row++) {
    const at = [dataset.coordinates[2 * row]!, dataset.coordinates[2 * row + 1]!] as const
    points[dataset.labels[row]!]!.push([
      Math.round(((at[0] - plane.left) / plane.side) * size),
      Math.round(((plane.top - at[1]) / plane.side) * size),
    ])
  }
  return points
}

/** Trains one run and draws the boundaries after each of its last epochs. */
export function drawBoundaries(given: PartialSpec, lastEpochs: number): EpochBoundaries {
  const run = completeSpec(given)
  const steps = stepsPerEpoch(run)
  const network = new FusedNetwork(run, split)
  try {
    network.begin(run.seed)
    network.advance(steps * (run.epochs - lastEpochs))
    const paths = Array.from({ length: lastEpochs }, () => {
      network.advance(steps)
      return borderPath(network.parameters, run.classes, plane)
    })
    return { paths }
  } finally {
    network.dispose()
  }
}

/** The smallest square around the points, with a small margin. */
function planeOf({ coordinates }: Dataset): Square {
  const axis = (offset: number) => Array.from(coordinates).filter((_, index) => index % 2 === offset)
  const [left, right] = [Math.min(...axis(0)), Math.max(...axis(0))]
  const [bottom, top] = [Math.min(...axis(1)), Math.max(...axis(1))]
  const side = Math.max(right - left, top - bottom) * 1.02
  return { left: (left + right - side) / 2, top: (top + bottom + side) / 2, side }
}

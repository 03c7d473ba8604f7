/**
 * The boundaries between the classes after each of a run's last epochs, as lines.
 */
import { contours } from 'd3-contour'

import { makeDataset, type Dataset } from '#dataset/dataset.ts'
import { splitDataset } from '#dataset/split.ts'
import { completeSpec, stepsPerEpoch, type PartialSpec } from '#experiment/spec.ts'
import { FusedNetwork } from '#training/fused/network.ts'
import type { Layer } from '#training/initializers.ts'

type Point = [number, number]

/** What is drawn of a run: in a square of `size` by `size`, y downwards. */
export interface Shaking {
  /** For each epoch the path of its boundaries. */
  paths: string[]
}

/** The square in which everything is drawn. */
export const size = 300
/** Cells of the grid on which the network is asked, along each side. */
const cells = 75
const spec = completeSpec({})
const dataset = makeDataset(spec)
const split = splitDataset(dataset)
const plane = planeOf(dataset)

/** The test points of each class in the drawing's square. */
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

/** Trains one run, and draws the boundaries after each of its last epochs. */
export function drawBoundaries(given: PartialSpec, lastEpochs: number): Shaking {
  const run = completeSpec(given)
  const steps = stepsPerEpoch(run)
  const network = new FusedNetwork(run, split)
  try {
    network.begin(run.seed)
    network.advance(steps * (run.epochs - lastEpochs))
    const paths = Array.from({ length: lastEpochs }, () => {
      network.advance(steps)
      return boundaryPath(network.parameters)
    })
    return { paths }
  } finally {
    network.dispose()
  }
}

/** The smallest square around the points, with a little room. */
function planeOf({ coordinates }: Dataset) {
  const axis = (offset: number) => Array.from(coordinates).filter((_, index) => index % 2 === offset)
  const [left, right] = [Math.min(...axis(0)), Math.max(...axis(0))]
  const [bottom, top] = [Math.min(...axis(1)), Math.max(...axis(1))]
  const side = Math.max(right - left, top - bottom) * 1.02
  return { left: (left + right - side) / 2, top: (top + bottom + side) / 2, side }
}

function boundaryPath(layers: readonly Layer[]): string {
  const leads: number[][] = Array.from({ length: spec.classes }, () => [])
  for (let row = 0; row < cells; row++) {
    for (let column = 0; column < cells; column++) {
      const at: Point = [
        plane.left + ((column + 0.5) / cells) * plane.side,
        plane.top - ((row + 0.5) / cells) * plane.side,
      ]
      const scores = forward(layers, at)
      scores.forEach((score, label) => leads[label]!.push(score - Math.max(...scores.toSpliced(label, 1))))
    }
  }
  // A border lies where one class leads by nothing. Those of all classes but the last are all there are.
  return leads
    .slice(0, -1)
    .flatMap((lead) => contours().size([cells, cells]).thresholds([0])(lead))
    .flatMap(({ coordinates }) => coordinates.flat())
    .flatMap((ring) => linesWithin(ring as Point[]))
    .map((line) => `M${simplify(line).map(toText).join('L')}`)
    .join('')
}

/** The scores of the classes at a point: the network's way forward, in plain loops. */
function forward(layers: readonly Layer[], point: Point): number[] {
  let values: number[] = point
  layers.forEach(({ weights, biases }, index) => {
    const isLast = index === layers.length - 1
    const next = Array.from(biases)
    for (let unit = 0; unit < next.length; unit++) {
      for (let input = 0; input < values.length; input++)
        next[unit]! += values[input]! * weights[input * next.length + unit]!
      if (!isLast) next[unit] = Math.max(0, next[unit]!)
    }
    values = next
  })
  return values
}

/** The pieces of a ring that are borders between classes: not those along the edge of the grid. */
function linesWithin(ring: readonly Point[]): Point[][] {
  const lines: Point[][] = [[]]
  for (const point of ring) {
    const isInside = point.every((value) => value > 0.5 && value < cells - 0.5)
    if (isInside) lines.at(-1)!.push(point)
    else if (lines.at(-1)!.length) lines.push([])
  }
  return lines.filter(({ length }) => length > 1)
}

/** A line with fewer points, nowhere further than a tenth of a cell from the given one (Douglas and Peucker 1973). */
function simplify(line: readonly Point[]): Point[] {
  const [first, last] = [line[0]!, line.at(-1)!]
  const length = Math.hypot(last[0] - first[0], last[1] - first[1]) || 1
  const away = ([x, y]: Point) =>
    Math.abs((last[0] - first[0]) * (first[1] - y) - (first[0] - x) * (last[1] - first[1])) / length
  const distances = line.map(away)
  const furthest = distances.indexOf(Math.max(...distances))
  if (line.length < 3 || distances[furthest]! < 0.1) return [first, last]
  return [...simplify(line.slice(0, furthest + 1)).slice(0, -1), ...simplify(line.slice(furthest))]
}

const toText = (point: Point) => point.map((value) => Math.round((value / cells) * size)).join(' ')

/**
 * The curves of single runs as paths, in a box that is stretched to the room there is.
 */
import type { ExperimentResult } from '#experiment/result.ts'

/** The box: x is the epoch, y a thousandth of accuracy, downwards. */
export const box = { width: 200, height: 1000 }

/** The path of a run's accuracy by epoch; every second move is relative, to be short. */
export function curvePath(result: ExperimentResult, metric: 'trainAccuracy' | 'testAccuracy'): string {
  const values = result.runs[0]?.history?.[metric] ?? []
  const heights = values.filter((value) => value !== null).map((value) => Math.round((1 - value) * box.height))
  const moves = heights.slice(1).map((height, index) => height - heights[index]!)
  return `M1 ${heights[0]}l${moves.map((move) => `1 ${move}`).join(' ')}`.replaceAll(' -', '-')
}

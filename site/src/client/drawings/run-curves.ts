/**
 * Draws the curves of single runs as SVG paths, in a box of fixed size that the page stretches.
 */
import type { ExperimentResult } from '#experiment/result/result.ts'

/** The box: x is the epoch, y a thousandth of accuracy, downwards. */
export const box = { width: 200, height: 1000 }

/** The path of a run's accuracy by epoch. */
export function curvePath(result: ExperimentResult, metric: 'trainAccuracy' | 'testAccuracy'): string {
  return pathOf(result.runs[0]?.history?.[metric] ?? [])
}

/**
 * The path of accuracies by epoch, as far as there are any: a run that diverged has no more. Every second move is
 * relative, to be short.
 */
export function pathOf(accuracies: Iterable<number | null>): string {
  const heights: number[] = []
  for (const value of accuracies) {
    if (value === null || Number.isNaN(value)) break
    heights.push(Math.round((1 - value) * box.height))
  }
  if (heights.length === 0) return ''
  const moves = heights.slice(1).map((height, index) => height - heights[index]!)
  return `M1 ${heights[0]}${moves.length ? 'l' : ''}${moves.map((move) => `1 ${move}`).join(' ')}`.replaceAll(' -', '-')
}

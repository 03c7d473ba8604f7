/**
 * What is drawn of a result: its whole runs, and their last quarter enlarged, over which their instability is measured.
 *
 * Of many runs the whole has faint lines under their mean and the band of the middle 80 %. In the last quarter, and in
 * small panels, the first run stands for all over the band: a mean would smooth away what is to be compared.
 */
import type { ExperimentResult } from '#experiment/result/result.ts'
import { windowOf } from '#experiment/result/window.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import { linesOf, type View } from '../view.ts'
import type { Column } from './compact-path.ts'

/** A part of a run. */
export type CurvePart = 'whole' | 'detail'

/** What is drawn of one metric. */
export interface Layers {
  name: 'train' | 'test'
  /** Single runs, faintly. */
  runs: readonly Column[]
  /** The lower and the upper edge of the band. */
  band: readonly [Column, Column] | undefined
  /** The heavy line. */
  main: Column
}

/** Whether a result has a last quarter to enlarge: runs that are too short have none, as they have no instability. */
export function isDetailed({ spec }: Pick<ExperimentResult, 'spec'>): boolean {
  return windowOf(spec) > 0
}

/** The first epoch of the last quarter, from 1. */
export function firstOfDetail(spec: Pick<ExperimentSpec, 'epochs'>): number {
  return spec.epochs - windowOf(spec) + 1
}

/** What is drawn of each metric, from the back to the front. */
export function layersOf({ runs, curves }: ExperimentResult, view: View, part: CurvePart, isSmall: boolean): Layers[] {
  return linesOf(view).map(({ name, metric }) => {
    const first = runs[0]?.history?.[metric]
    const spread = view.runs === 'all' ? curves?.[metric] : undefined
    if (!spread) return { name, runs: [], band: undefined, main: first ?? [] }
    const isOne = (isSmall || part === 'detail') && first !== undefined
    return {
      name,
      // Of the test metric alone: both would cover each other.
      runs: isOne || name === 'train' ? [] : runs.flatMap(({ history }) => (history ? [history[metric]] : [])),
      band: isOne && name === 'train' ? undefined : [spread.p10, spread.p90],
      main: isOne ? first : spread.mean,
    }
  })
}

/** Every column that is drawn of a part, large or small. */
export function columnsOf(result: ExperimentResult, view: View, part: CurvePart): Column[] {
  return layersOf(result, view, part, false).flatMap(({ runs, band = [], main }) => [...runs, ...band, main])
}

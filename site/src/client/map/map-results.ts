/**
 * What is drawn of a map: the result of each cell from the runs that are over, the quantity of its color, and which cells
 * are as good as the best one.
 */
import { takeawayOfBest, secondColor } from '#charts/text/takeaway-of-best.ts'
import { quantities, type Quantity } from '#charts/types/map-texts.ts'
import type { MapDrawing } from '#charts/types/map.tsx'
import { bestCells, type BestCells } from '#experiment/result/best-cells.ts'
import { resultOfRuns } from '#experiment/result/derive.ts'
import { betterValues, colorValue, epochsTo, type MapColor, type MapRun } from '#experiment/result/map-run.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'
import { mean, quantile } from '#experiment/result/statistics.ts'
import type { ExperimentSpec, SpecField } from '#experiment/spec/spec.ts'
import type { MapView } from '#playground-view/map-view.ts'

import type { MapTraining } from './live-map.ts'

/** The map as it is drawn. */
export interface MapResults {
  /** One result for each cell with an experiment, from the first row; those without a run yet have no values. */
  results: readonly ExperimentResult[]
  runsOf: (result: ExperimentResult) => readonly MapRun[]
  /** For each result, its place on each axis: column and row. */
  places: readonly (readonly number[])[]
}

const nothing = { digest: '', fingerprint: '' }
/** The result of each array of runs: an array does not change, and most cells stay as they are. */
const known = new WeakMap<ExperimentSpec, { runs: readonly MapRun[]; result: ExperimentResult }>()
const runsOfResults = new WeakMap<ExperimentResult, readonly MapRun[]>()

/** The results of the cells of a map. */
export function mapResults({ grid, runs }: Pick<MapTraining, 'grid' | 'runs'>): MapResults {
  const results: ExperimentResult[] = []
  const places: number[][] = []
  grid.specs.forEach((spec, cell) => {
    if (!spec) return
    results.push(resultOfCell(spec, runs[cell] ?? []))
    const column = cell % grid.columns.length
    places.push(grid.fields.length > 1 ? [column, Math.floor(cell / grid.columns.length)] : [column])
  })
  return { results, runsOf: (result) => runsOfResults.get(result) ?? [], places }
}

function resultOfCell(spec: ExperimentSpec, runs: readonly MapRun[]): ExperimentResult {
  const earlier = known.get(spec)
  if (earlier?.runs === runs) return earlier.result
  const result = resultOfRuns(
    spec,
    nothing,
    runs.map(({ run }) => run),
  )
  known.set(spec, { runs, result })
  runsOfResults.set(result, runs)
  return result
}

const present = (values: readonly (number | null)[]) => values.filter((value) => value !== null)

/** The quantity that a map shows by its color. */
export function mapQuantity({ color, target }: Pick<MapView, 'color' | 'target'>): Quantity {
  const values = (result: ExperimentResult) => runsOfResults.get(result) ?? []
  const byColor: Readonly<Record<MapColor, Quantity>> = {
    accuracy: quantities.testAccuracy,
    instability: quantities.instability,
    loss: quantities.testLoss,
    churn: {
      ...quantities.instability,
      title: 'Churn',
      name: 'churn',
      of: (_, result) => {
        const churn = present(values(result).map((run) => colorValue('churn', run, target)))
        return churn.length ? mean(churn) : null
      },
    },
    epochs: {
      ...quantities.epochsTo80,
      title: `Epochs to a test accuracy of ${target}`,
      name: `epochs to a test accuracy of ${target}`,
      of: (_, result) => {
        const epochs = values(result).map((run) => epochsTo(run, target) ?? Infinity)
        const median = quantile(
          [...epochs].sort((a, b) => a - b),
          0.5,
        )
        return Number.isFinite(median) ? median : null
      },
    },
  }
  return byColor[color]
}

/** Which cells are the best, and the sentence that says so. Before every cell has a run, there is none. */
export interface BestResults {
  best: BestCells | undefined
  outlined: ReadonlySet<ExperimentResult>
  sentence: string
}

/** Compares the cells of a map that all have as many runs. */
export function bestResults(
  { results, places, runsOf }: MapResults,
  grid: MapTraining['grid'],
  { color, target }: Pick<MapView, 'color' | 'target'>,
): BestResults {
  // While the map is trained, the runs that all cells have are compared.
  const seeds = Math.min(...results.map((result) => runsOf(result).length))
  if (!(seeds > 0)) return { best: undefined, outlined: new Set(), sentence: '' }
  const valuesIn = (which: MapColor) =>
    results.map((result) =>
      runsOf(result)
        .slice(0, seeds)
        .map((run) => colorValue(which, run, target)),
    )
  const best = bestCells(valuesIn(color), betterValues[color])
  const order = axesOf(grid.fields)
  const sentence = takeawayOfBest({
    axes: order.map((axis) => ({
      field: grid.fields[axis]!,
      values: (axis === 0 ? grid.columns : grid.rows).filter((value) => value !== undefined),
    })),
    places: places.map((place) => order.map((axis) => place[axis]!)),
    color,
    target,
    best,
    second: best && secondOf(best, valuesIn(secondColor(color)), betterValues[secondColor(color)]),
  })
  return { best, outlined: new Set(best?.equal.map((cell) => results[cell]!)), sentence }
}

/** The axes in the order in which a sentence names them: the batch size first. */
function axesOf(fields: readonly SpecField[]): number[] {
  return [...fields.keys()].sort((a, b) => Number(fields[b] === 'batchSize') - Number(fields[a] === 'batchSize'))
}

/** The one of the equal cells with the best mean in another respect; undefined if one of them has no value. */
function secondOf(
  { equal }: BestCells,
  values: readonly (readonly (number | null)[])[],
  better: 'higher' | 'lower',
): number | undefined {
  const means = equal.map((cell) => ({ cell, mean: mean(values[cell]!.map((value) => value ?? NaN)) }))
  if (means.some((one) => Number.isNaN(one.mean))) return undefined
  const sign = better === 'higher' ? -1 : 1
  return [...means].sort((a, b) => sign * (a.mean - b.mean))[0]?.cell
}

/** What a chart draws of a map; undefined while there is no cell. */
export function mapDrawing(
  { results }: MapResults,
  varied: readonly SpecField[],
  quantity: Quantity,
  marks: NonNullable<MapDrawing['marks']>,
): MapDrawing | undefined {
  const [first, ...rest] = results
  return first && { results: [first, ...rest], varied, quantity, marks }
}

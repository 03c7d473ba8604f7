/**
 * Trains the cells of a map in the browser, in the background of everything else that the page trains: the first run of
 * each cell, from coarse to fine, then the other runs of one cell after the other. The newest map wins; runs of the map
 * before are kept where both have the experiment.
 */
import { churnEpochs, meanChurn } from '#experiment/result/churn-share.ts'
import { mapRun, type MapRun } from '#experiment/result/map-run.ts'
import { permalink } from '#experiment/spec/permalink.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { trainRows, updatesAfter } from '#experiment/spec/training-size.ts'
import { coarseToFine, type SpecGrid } from '#experiment/spec/varied-values.ts'

import { PacedUpdates, type UpdatePace } from '../paced-updates.ts'
import { trainSeveral, type Trained } from '../train-several.ts'
import { TrainerError, type BackgroundTrainer } from '../trainer/trainer.ts'

/** A map as far as it is trained. */
export interface MapTraining {
  grid: SpecGrid
  /** The runs that each cell shall have. */
  seeds: number
  /** Whether churn is measured. */
  hasChurn: boolean
  /** The runs of each cell that are over, in the order of their seeds. The array of a cell changes when it gets more. */
  runs: readonly (readonly MapRun[])[]
  status: 'training' | 'stopped' | 'over'
}

interface Listener {
  /** There is more to draw; at most once a frame. */
  onUpdate: (map: MapTraining) => void
  /** The browser cannot train: why. */
  onFailure: (why: string) => void
}

/** Some runs of a cell. */
interface Task {
  cell: number
  /** The experiment of these runs alone. */
  spec: ExperimentSpec
}

const none: readonly MapRun[] = []

export class LiveMap {
  readonly #trainer: BackgroundTrainer
  readonly #listener: Listener
  readonly #updates: PacedUpdates<MapTraining>
  #map: MapTraining | undefined
  /** Stops the training under way. */
  #training: AbortController | undefined

  constructor(trainer: BackgroundTrainer, listener: Listener, pace?: UpdatePace) {
    this.#trainer = trainer
    this.#listener = listener
    this.#updates = new PacedUpdates((map) => listener.onUpdate(map), pace)
  }

  /** Trains a map from now on, instead of the one before. */
  show(grid: SpecGrid, seeds: number, hasChurn: boolean): void {
    const known = this.#knownRuns(hasChurn)
    const runs = grid.specs.map((spec) => (spec && known.get(keyOf(spec))?.slice(0, seeds)) ?? none)
    this.#updates.restart()
    this.#train({ grid, seeds, hasChurn, runs, status: 'training' })
  }

  /** Stops; what is trained stays. */
  stop(): void {
    this.#training?.abort()
    if (this.#map?.status === 'training') this.#report({ status: 'stopped' })
  }

  /** Goes on where it was stopped. */
  resume(): void {
    if (this.#map?.status === 'stopped') this.#train({ ...this.#map, status: 'training' })
  }

  /** Stops, and forgets the map. */
  cancel(): void {
    this.#training?.abort()
    this.#map = undefined
    this.#updates.restart()
  }

  #train(map: MapTraining): void {
    this.#training?.abort()
    const training = new AbortController()
    this.#training = training
    this.#map = map
    this.#report({})
    void this.#trainAll(training.signal)
  }

  async #trainAll(signal: AbortSignal): Promise<void> {
    const { grid, seeds, hasChurn } = this.#map!
    const order = coarseToFine(grid.columns.length, grid.rows.length)
    try {
      for (const passSeeds of seeds > 1 ? [1, seeds] : [1])
        await trainSeveral(this.#tasks(order, passSeeds), {
          train: ({ spec }) => this.#trainer.train(spec, hasChurn ? predictionsOf(spec) : undefined),
          atOnce: this.#trainer.atOnce,
          signal,
          onTrained: (task, trained) => this.#add(task, trained),
        })
      this.#map = { ...this.#map!, status: 'over' }
      this.#updates.reportEnd(this.#map)
    } catch (error) {
      if (signal.aborted) return
      if (!(error instanceof TrainerError)) throw error
      this.#updates.restart()
      this.#listener.onFailure(error.message)
    }
  }

  /** What is left of a pass in which each cell gets so many runs. */
  *#tasks(order: readonly number[], seeds: number): Generator<Task> {
    for (const cell of order) {
      const { grid, runs } = this.#map!
      const spec = grid.specs[cell]
      const have = runs[cell]!.length
      if (spec && have < seeds) yield { cell, spec: { ...spec, seed: spec.seed + have, seeds: seeds - have } }
    }
  }

  #add({ cell, spec }: Task, { numbers, changes }: Trained): void {
    const added = Array.from({ length: spec.seeds }, (_, run) => {
      const changed = changes?.[run]
      return mapRun(spec, numbers, run, changed && churnFrom(spec, changed))
    })
    const runs = [...this.#map!.runs]
    runs[cell] = [...runs[cell]!, ...added]
    this.#report({ runs })
  }

  #report(changes: Partial<MapTraining>): void {
    this.#map = { ...this.#map!, ...changes }
    this.#updates.report(this.#map)
  }

  /** The runs of the present map by experiment, those that have what is measured. */
  #knownRuns(hasChurn: boolean): Map<string, readonly MapRun[]> {
    const known = new Map<string, readonly MapRun[]>()
    this.#map?.grid.specs.forEach((spec, cell) => {
      const runs = this.#map!.runs[cell]!
      if (spec && (!hasChurn || runs.every(({ churn }) => churn !== undefined))) known.set(keyOf(spec), runs)
    })
    return known
  }
}

/** After how many updates from one prediction to the next the churn is measured. */
function predictionsOf(spec: ExperimentSpec): number[] {
  const updates = churnEpochs(spec).map((epoch) => updatesAfter(spec, epoch))
  return updates.map((count, index) => count - (updates[index - 1] ?? 0))
}

/** The mean churn of a run; null if it diverged or has too few epochs. */
function churnFrom(spec: ExperimentSpec, changed: readonly number[]): number | null {
  const isComplete = changed.length === churnEpochs(spec).length - 1
  return isComplete ? meanChurn(changed, spec.examples - trainRows(spec)) : null
}

/** What two experiments have in common whose runs are the same, however many. */
const keyOf = (spec: ExperimentSpec) => permalink({ ...spec, seeds: 1 })

/** The share of a map's runs that are over, from 0 to 1. */
export function progressOf({ grid, seeds, runs }: MapTraining): number {
  const cells = grid.specs.filter((spec) => spec !== undefined).length
  return cells === 0 ? 1 : runs.reduce((sum, { length }) => sum + length, 0) / (cells * seeds)
}

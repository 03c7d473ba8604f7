/**
 * Trains runs of an experiment in a worker, piece by piece, and reports their metrics as they are measured.
 */
import { splitOf } from '#datasets/split.ts'
import { column, emptyNumbers, metrics, type Numbers } from '#experiment/result/numbers.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { FusedNetwork } from '#training/fused/network.ts'

import { SlicePace } from './pace.ts'
import type { Manner, RunPart } from './protocol.ts'
import type { Recordings } from './recordings.ts'

/** What a run is trained by: the network alone, or a recording of it. */
interface Trained {
  readonly epochs: number
  advance: (steps: number) => boolean
  copyHistory: (numbers: Numbers, run: number) => void
}

/** Milliseconds between two parts of a run: the first run is watched, of the others most are over before. */
const reportEvery = { first: 8, other: 64 }

/** Runs to be trained. */
interface RunOrder {
  spec: ExperimentSpec
  /** Those to train, in this order; it may grow while they are trained. */
  runs: number[]
  manner: Manner
}

/** Trains runs, the first run of the experiment with a recording, but in the background. */
export function* trainRuns(
  { spec, runs, manner: { isBackground, stops } }: RunOrder,
  recordings: Recordings,
  report: (part: RunPart) => void,
): Generator<void> {
  let pace = new SlicePace(spec)
  let network: FusedNetwork | undefined
  try {
    for (let run = runs.shift(); run !== undefined; run = runs.shift()) {
      const reporter = new Reporter(spec, run, report)
      if (run === 0 && !isBackground) {
        yield* recordings.lend(spec, (recording) => trainRun(recording, pace, reporter))
      } else {
        network ??= new FusedNetwork(spec, splitOf(spec))
        network.begin(spec.seed + run)
        // The last epochs are taken one by one, after which the pace would be wrong for the next run.
        if (stops) pace = new SlicePace(spec)
        yield* trainRun(network, pace, reporter, stops && predictions(spec, network, stops))
      }
    }
  } finally {
    network?.dispose()
  }
}

function* trainRun(trained: Trained, pace: SlicePace, reporter: Reporter, predicted?: Predictions): Generator<void> {
  while (!pace.take((steps) => (predicted ?? trained).advance(steps))) {
    reporter.report(trained, false)
    yield
  }
  reporter.report(trained, true, predicted?.changes)
  yield
}

/** A run that stops after some updates to predict the test examples. */
interface Predictions {
  advance: (steps: number) => boolean
  /** How many predictions changed from each of the stops to the next, as far as it got. */
  changes: number[]
}

/** @param network at the beginning of a run */
function predictions(spec: ExperimentSpec, network: FusedNetwork, after: readonly number[]): Predictions {
  /** How many updates are left to each prediction from the one before. */
  const left = [...after]
  const changes: number[] = []
  let before: Uint8Array | undefined
  const advance = (steps: number) => {
    const some = Math.min(steps, left[0]!)
    const isOver = network.advance(some)
    if (!(left[0]! -= some)) {
      left.shift()
      const { classes } = network.predict(splitOf(spec).test.inputs)
      if (before) changes.push(classes.filter((one, example) => one !== before![example]).length)
      before = classes
    }
    return isOver
  }
  return { advance, changes }
}

/** Reports a run in parts. */
class Reporter {
  readonly #shape: { seeds: number; epochs: number }
  readonly #run: number
  readonly #report: (part: RunPart) => void
  readonly #numbers: Numbers
  #from = 0
  #last = performance.now()

  constructor({ epochs }: ExperimentSpec, run: number, report: (part: RunPart) => void) {
    this.#shape = { seeds: 1, epochs }
    this.#run = run
    this.#report = report
    this.#numbers = emptyNumbers(this.#shape)
  }

  /** Reports what is new, when it is time. */
  report(trained: Trained, isOver: boolean, changes?: number[]): void {
    const now = performance.now()
    if (!isOver && now - this.#last < (this.#run === 0 ? reportEvery.first : reportEvery.other)) return
    this.#last = now
    const { epochs } = trained
    trained.copyHistory(this.#numbers, 0)
    const count = epochs - this.#from
    const columns = new Float32Array(metrics.length * count)
    metrics.forEach((metric, index) =>
      columns.set(column(this.#numbers, this.#shape, 0, metric).subarray(this.#from, epochs), index * count),
    )
    this.#report({ run: this.#run, from: this.#from, columns, isOver, changes })
    this.#from = epochs
  }
}

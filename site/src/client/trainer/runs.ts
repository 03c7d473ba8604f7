/**
 * Trains runs of an experiment in a worker, piece by piece, and reports their metrics as they are measured.
 */
import { splitOf } from '#datasets/split.ts'
import { column, emptyNumbers, metrics, type Numbers } from '#experiment/result/numbers.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { FusedNetwork } from '#training/fused/network.ts'

import { ChurnMeter } from './churn-meter.ts'
import { SlicePace } from './pace.ts'
import type { Manner, RunPart } from './protocol.ts'
import type { Recordings } from './recordings.ts'

/** What a run is trained by: the network alone, or a recording of it. */
interface Trained {
  readonly epochs: number
  advance: (steps: number) => boolean
  copyHistory: (numbers: Numbers, run: number) => void
  /** Its mean churn once it is over, where that is measured. */
  churn?: number | null
}

/**
 * Milliseconds between two parts of a run: the first run is watched, of the others most are over before; of those in the
 * background, a part only says that the worker is alive.
 */
const reportEvery = { first: 8, other: 64, background: 2000 }

/** Runs to be trained. */
interface RunOrder {
  spec: ExperimentSpec
  /** Those to train, in this order; it may grow while they are trained. */
  runs: number[]
  manner: Manner
}

/** Trains runs, the first run of the experiment with a recording, but in the background. */
export function* trainRuns(
  { spec, runs, manner: { isBackground = false, hasChurn = false } }: RunOrder,
  recordings: Recordings,
  report: (part: RunPart) => void,
): Generator<void> {
  let pace = new SlicePace(spec)
  let network: FusedNetwork | undefined
  try {
    for (let run = runs.shift(); run !== undefined; run = runs.shift()) {
      const every = reportEvery[isBackground ? 'background' : run === 0 ? 'first' : 'other']
      const reporter = new Reporter(spec, { run, every }, report)
      if (run === 0 && !isBackground) {
        yield* recordings.lend(spec, (recording) => trainRun(recording, pace, reporter))
      } else {
        network ??= new FusedNetwork(spec, splitOf(spec))
        network.begin(spec.seed + run)
        // The last epochs are taken one by one, after which the pace would be wrong for the next run.
        if (hasChurn) pace = new SlicePace(spec)
        yield* trainRun(hasChurn ? new ChurnMeter(spec, splitOf(spec), network) : network, pace, reporter)
      }
    }
  } finally {
    network?.dispose()
  }
}

function* trainRun(trained: Trained, pace: SlicePace, reporter: Reporter): Generator<void> {
  while (!pace.take((steps) => trained.advance(steps))) {
    reporter.report(trained, false)
    yield
  }
  reporter.report(trained, true)
  yield
}

/** Reports a run in parts. */
class Reporter {
  readonly #shape: { seeds: number; epochs: number }
  readonly #run: number
  readonly #every: number
  readonly #report: (part: RunPart) => void
  readonly #numbers: Numbers
  #from = 0
  #last = performance.now()

  constructor(
    { epochs }: ExperimentSpec,
    { run, every }: { run: number; every: number },
    report: (part: RunPart) => void,
  ) {
    this.#shape = { seeds: 1, epochs }
    this.#run = run
    this.#every = every
    this.#report = report
    this.#numbers = emptyNumbers(this.#shape)
  }

  /** Reports what is new, when it is time. */
  report(trained: Trained, isOver: boolean): void {
    const now = performance.now()
    if (!isOver && now - this.#last < this.#every) return
    this.#last = now
    const { epochs } = trained
    trained.copyHistory(this.#numbers, 0)
    const count = epochs - this.#from
    const columns = new Float32Array(metrics.length * count)
    metrics.forEach((metric, index) =>
      columns.set(column(this.#numbers, this.#shape, 0, metric).subarray(this.#from, epochs), index * count),
    )
    const churn = isOver && trained.churn !== undefined ? { churn: trained.churn } : {}
    this.#report({ run: this.#run, from: this.#from, columns, isOver, ...churn })
    this.#from = epochs
  }
}

/**
 * The messages between a page and its web workers. Arrays are transferred, not copied.
 */
import type { Dataset } from '#datasets/dataset.ts'
import type { DataTable } from '#datasets/table-file.ts'
import type { GradientNoise } from '#experiment/result/gradient-noise.ts'
import type { BoundaryGrid } from '#experiment/result/grid.ts'
import type { Numbers } from '#experiment/result/numbers.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import type { Step } from '#training/fused/step.ts'
import type { Layer } from '#training/initializers.ts'
import type { Moment } from '#training/moment.ts'
import type { Predictions } from '#training/predictions.ts'

/** The parameters of a network at a moment of its training. */
export interface NetworkParameters {
  layers: Layer[]
  /** Those at the end of the run; the same as `layers` if the run diverges before. */
  last: Layer[]
}

/** What a worker can be asked of an experiment's first run, by the kind of question. */
export interface Answers {
  /** The predictions over the plane; null where the run had diverged. */
  boundary: BoundaryGrid & (Predictions | Record<keyof Predictions, null>)
  /** The step that follows; null after the last. */
  step: Step | null
  /** The parameters of all layers; null where the run had diverged. */
  network: NetworkParameters | null
  /** The noise of the whole run's gradients; the moment does not matter. */
  noise: GradientNoise
  /**
   * The labels of the test half, and its predicted classes after each of `churnEpochs`, up to the last one before a
   * divergence; the moment does not matter.
   */
  predictions: { labels: Uint8Array; classes: Uint8Array<ArrayBuffer>[]; diverged: boolean }
  /** The experiment's data. */
  points: Dataset
}
export type QuestionKind = keyof Answers

/** A question of one kind. */
export interface Question {
  kind: QuestionKind
  spec: ExperimentSpec
  moment: Moment
}

/** How a training is done. */
export interface Manner {
  /** It waits for all others, and its first run is not recorded. */
  isBackground?: boolean
  /** After how many updates from the prediction before, or the beginning, the test examples are predicted, to the end. */
  stops?: readonly number[]
}

/** From the page to a worker. A training and a question have numbers of their own: the larger, the newer. */
export type WorkOrder =
  /** Trains runs of an experiment, after those that it was told before. */
  | { do: 'train'; training: number; spec: ExperimentSpec; runs: number[]; manner: Manner }
  /** Forgets a training. */
  | { do: 'stop'; training: number }
  | ({ do: 'answer'; question: number } & Question)
  /** A table of the visitor's own, by its digest: what comes later may be trained on it. */
  | { do: 'table'; data: string; table: DataTable }

/** More of the numbers: what a run has measured since its last part. */
export interface RunPart {
  run: number
  /** Epochs that came before it. */
  from: number
  /** Its metrics [6][epochs]. */
  columns: Numbers
  /** Whether it is the last of its run. */
  isOver: boolean
  /** Of a run that is over: how many predictions changed from each time to the next, as far as it got. */
  changes: number[] | undefined
}

/** From a worker to the page. */
export type Reply =
  /** It has the kernel, and begins. */
  | { is: 'ready' }
  | ({ is: 'part'; training: number } & RunPart)
  | { is: 'answer'; question: number; answer: Answers[QuestionKind] }
  /** A training or a question that threw. */
  | { is: 'failure'; training?: number; question?: number; message: string }

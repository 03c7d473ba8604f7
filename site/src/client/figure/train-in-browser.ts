/**
 * Trains a figure's experiments in the browser: the first run of each experiment at once, so that there is a picture to
 * look at, then all runs of one experiment after the other. Fetched when the reader first touches a figure.
 */
import type { Drawing } from '#charts/drawing.tsx'
import type { ExperimentResult } from '#experiment/result/result.ts'
import { listQueryText } from '#experiment/spec/query-text.ts'
import { trustedSpec, specQuery } from '#experiment/spec/spec-query.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import { liveResult } from '../live-result.ts'
import { trainSeveral, type Trained } from '../train-several.ts'
import { canTrain, createTrainer, type Trainer } from '../trainer/trainer.ts'
import type { FigureProps } from './figure-props.ts'

export { TrainerError } from '../trainer/trainer.ts'

/** A drawing of what is trained so far. */
export interface TrainedAnswer {
  drawing: Drawing
  /** Experiments all of whose runs are in it. */
  done: number
}

interface Load {
  signal: AbortSignal
  /** Called with every drawing on the way, the last one too; the training waits for it. */
  onDrawing: (trained: TrainedAnswer) => Promise<void> | void
}

/** Experiments that are trained for a figure at most: of a map of dozens the Worker knows most already. */
const mostExperiments = 16

/** Whether this browser can train, and this figure. */
export function canTrainInBrowser({ needs, experiments }: FigureProps): boolean {
  return (
    experiments.length <= mostExperiments &&
    // What is measured besides the training is the Worker's.
    !needs.includes('noise') &&
    !needs.includes('churn') &&
    experiments.every(({ query }) => !/(^|&)engine=layers(&|$)/.test(query)) &&
    canTrain()
  )
}

const firstRuns = new WeakMap<FigureProps, Promise<ExperimentResult[]>>()

/** Trains the first run of each experiment, so that they are there when a picture is wanted; all of them at once. */
export function prepare(figure: FigureProps, create: () => Trainer = createTrainer): Promise<ExperimentResult[]> {
  const known = firstRuns.get(figure)
  if (known) return known
  const results = firstRunsOf(specsOf(figure), create)
  // Callers get the error; the next one tries again.
  results.catch(() => firstRuns.delete(figure))
  firstRuns.set(figure, results)
  return results
}

async function firstRunsOf(specs: readonly ExperimentSpec[], create: () => Trainer): Promise<ExperimentResult[]> {
  const results: ExperimentResult[] = []
  await trainSeveral([...specs.entries()], {
    train: ([, spec]) => create().train({ ...spec, seeds: 1 }),
    atOnce: specs.length,
    onTrained: ([index, spec], outcome) => {
      results[index] = resultOf(spec, 1, outcome)
    },
  })
  return results
}

function specsOf({ experiments }: FigureProps): ExperimentSpec[] {
  return experiments.map(({ query }) => trustedSpec(new URLSearchParams(query)))
}

/**
 * Trains a figure's experiments.
 *
 * @throws TrainerError where the browser does not train them; the signal's reason when it was stopped
 */
export async function trainInBrowser(
  figure: FigureProps,
  load: Load,
  create: () => Trainer = createTrainer,
): Promise<void> {
  const { signal, onDrawing } = load
  const { needs } = figure
  const specs = specsOf(figure)
  const [first] = specs
  const trainer = create()
  const results = [...(await prepare(figure, create))]
  const rest: Partial<Drawing> = {}
  const report = (done: number) => {
    signal.throwIfAborted()
    const drawn = [...results] as [ExperimentResult, ...ExperimentResult[]]
    return onDrawing({ drawing: { ...figure, ...rest, results: drawn }, done })
  }

  if (needs.includes('data')) rest.data = await trainer.pointsOf(first!)
  if (needs.includes('boundary')) rest.boundary = await trainer.boundaryAt(first!, { epoch: first!.epochs })
  await report(specs.filter(({ seeds }) => seeds === 1).length)

  const others = [...specs.entries()].filter(([, { seeds }]) => seeds > 1)
  await trainSeveral(others, {
    train: ([, spec]) => trainer.train(spec),
    atOnce: 1,
    signal,
    onTrained: ([index, spec], outcome) => {
      results[index] = resultOf(spec, spec.seeds, outcome)
      return report(specs.filter(({ seeds }, other) => seeds === 1 || other <= index).length)
    },
  })
}

/** The result of the first runs of an experiment, with its fingerprint where they are all. */
function resultOf(spec: ExperimentSpec, runs: number, { numbers, fingerprint }: Trained): ExperimentResult {
  const ended = Array.from({ length: runs }, (_, run) => run)
  return liveResult(spec, { numbers, ended }, runs === spec.seeds ? fingerprint : '')
}

/**
 * A figure whose experiments have some fields otherwise: what a word of the prose sets it to. They must stay different,
 * and go together: a test reads every word of the prose so.
 *
 * @throws RangeError where two experiments become one
 */
export function setFigureProps(figure: FigureProps, query: URLSearchParams): FigureProps {
  const changes = [...query].filter(([key]) => key !== 'epoch')
  if (changes.length === 0) return figure
  const chartQuery = new URLSearchParams(figure.chartQuery)
  for (const [field, value] of changes) chartQuery.set(field, value)
  const experiments = figure.experiments.map((experiment) => {
    const merged = new URLSearchParams(experiment.query)
    for (const [field, value] of changes) merged.set(field, value)
    const spec = trustedSpec(merged)
    return { ...experiment, query: String(specQuery(spec)), fingerprint: '', seeds: spec.seeds }
  })
  if (new Set(experiments.map(({ query: one }) => one)).size < experiments.length)
    throw new RangeError(`${query} makes one of several experiments`)
  return { ...figure, experiments, chartQuery: listQueryText(chartQuery) }
}

/**
 * The worker's side of the protocol: takes orders and replies. Questions are answered first, then the newest training goes
 * on, and then those in the background.
 */
import { addOwnTable } from '#datasets/own/own.ts'
import { loadTable } from '#datasets/table.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import { answerTo } from './answers.ts'
import type { Answers, QuestionKind, WorkOrder, RunPart, Reply } from './protocol.ts'
import { Recordings } from './recordings.ts'
import { trainRuns } from './runs.ts'
import { Scheduler, type ScheduledWork } from './scheduler.ts'

/** What a worker has to talk with its page. */
export interface Port {
  postMessage: (reply: Reply, transfer: Transferable[]) => void
  onmessage: ((event: MessageEvent<WorkOrder>) => void) | null
}

/** A training under way: what is left of it, and its work. */
interface Under {
  runs: number[]
  work: ScheduledWork
}

/** Serves a page until it ends the worker. */
export function serve(port: Port): void {
  const recordings = new Recordings()
  const trainings = new Map<number, Under>()
  const numbers = new WeakMap<ScheduledWork, Pick<Extract<Reply, { is: 'failure' }>, 'training' | 'question'>>()
  const turns = new Scheduler((work, error) =>
    port.postMessage({ is: 'failure', ...numbers.get(work), message: String(error) }, []),
  )

  const train = ({ training, spec, runs, manner }: Extract<WorkOrder, { do: 'train' }>) => {
    const under = trainings.get(training)
    if (under) {
      under.runs.push(...runs)
      return
    }
    const report = (part: RunPart) => port.postMessage({ is: 'part', training, ...part }, [part.columns.buffer])
    const pieces = (function* () {
      yield* trainRuns({ spec, runs, manner }, recordings, report)
      trainings.delete(training)
    })()
    // What is in the background comes after all others, and the oldest of it first.
    const work = { pieces, urgency: manner.isBackground ? -training : training }
    trainings.set(training, { runs, work })
    numbers.set(work, { training })
    turns.add(work)
  }

  const answer = ({ question, ...asked }: Extract<WorkOrder, { do: 'answer' }>) => {
    const pieces = (function* () {
      const found = yield* answerTo(asked, recordings)
      port.postMessage({ is: 'answer', question, answer: found }, buffersOf(found))
    })()
    const work = { pieces, urgency: Infinity }
    numbers.set(work, { question })
    turns.add(work)
  }

  const stop = (training: number) => {
    const under = trainings.get(training)
    trainings.delete(training)
    if (under) turns.drop(under.work)
  }

  /** The loading of tables that trainings wait for. */
  const loading = new Map<number, Promise<void>>()

  /** Obeys an order at once, or when the table that it needs is loaded. */
  const whenLoaded = (order: Extract<WorkOrder, { spec: ExperimentSpec }>, obey: () => void) => {
    const table = loadingFor(order)
    if (!table) {
      obey()
      return
    }
    const number = order.do === 'train' ? { training: order.training } : { question: order.question }
    const loaded = table.then(obey, (error: unknown) =>
      port.postMessage({ is: 'failure', ...number, message: String(error) }, []),
    )
    if (order.do === 'train') loading.set(order.training, loaded)
  }

  port.onmessage = ({ data: order }) => {
    if (order.do === 'train') whenLoaded(order, () => train(order))
    else if (order.do === 'answer') whenLoaded(order, () => answer(order))
    else if (order.do === 'table') addOwnTable(order.data, order.table)
    else {
      void loading.get(order.training)?.then(() => stop(order.training))
      loading.delete(order.training)
      stop(order.training)
    }
  }
  port.postMessage({ is: 'ready' }, [])
}

/** The loading of the table that an order needs; undefined where there is nothing to await. */
function loadingFor({ spec }: { spec: ExperimentSpec }): Promise<void> | undefined {
  try {
    return loadTable(spec.dataset)
  } catch (error) {
    return Promise.reject(error instanceof Error ? error : new Error(String(error)))
  }
}

/** The arrays of an answer: they are handed over. */
function buffersOf(answer: Answers[QuestionKind]): ArrayBuffer[] {
  const values = Object.values(answer ?? {}).flat() as unknown[]
  return values.filter((value) => ArrayBuffer.isView(value)).map((view) => view.buffer as ArrayBuffer)
}

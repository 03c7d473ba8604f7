/**
 * Trains several experiments in their order, a few of them at a time: those of a figure, or the cells of a map.
 */
import type { PoolTraining } from './trainer/trainer.ts'

/** What comes of a training that was not stopped. */
export type Trained = NonNullable<Awaited<PoolTraining['done']>>

/** How experiments are trained. */
interface Training<Task> {
  train: (task: Task) => PoolTraining
  /** How many are under way at a time. */
  atOnce: number
  signal?: AbortSignal | undefined
  /** Called with each experiment that is over; what it returns is waited for before another one begins in its place. */
  onTrained: (task: Task, trained: Trained) => Promise<void> | void
}

/**
 * Trains experiments until all are over.
 *
 * @throws TrainerError where the browser does not train one of them, and what `onTrained` throws: the others are then
 *   stopped; the signal's reason when it is aborted
 */
export async function trainSeveral<Task>(
  tasks: Iterable<Task>,
  { train, atOnce, signal, onTrained }: Training<Task>,
): Promise<void> {
  signal?.throwIfAborted()
  const left = tasks[Symbol.iterator]()
  const underWay = new Set<PoolTraining>()
  const stop = () => underWay.forEach((training) => training.stop())
  const failure = new AbortController()
  const work = async () => {
    for (let task = left.next(); !task.done && !failure.signal.aborted; task = left.next()) {
      const training = train(task.value)
      underWay.add(training)
      const trained = await training.done
      underWay.delete(training)
      signal?.throwIfAborted()
      if (!trained || failure.signal.aborted) return
      await onTrained(task.value, trained)
      signal?.throwIfAborted()
    }
  }
  const tryToWork = async () => {
    try {
      await work()
    } catch (error) {
      failure.abort()
      stop()
      throw error
    }
  }
  signal?.addEventListener('abort', stop, { once: true })
  try {
    await Promise.all(Array.from({ length: atOnce }, tryToWork))
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}

/**
 * A web worker that is started when it is first needed, and restarted when it fails to load, dies or does not reply for
 * too long. When that happens twice without any work done in between, it is given up.
 */
import type { WorkOrder, Reply } from './protocol.ts'

/** A worker as it is talked to. */
export interface WorkerHandle {
  send: (order: WorkOrder) => void
  end: () => void
}

/** Starts a worker: a web worker in the browser. */
export type StartWorker = (onReply: (reply: Reply) => void, onDeath: (why: string) => void) => WorkerHandle

interface Listener {
  onReply: (reply: Reply) => void
  /** A new worker has begun: it knows nothing of what the last one was told. */
  startOver: () => void
  giveUp: (why: string) => void
  /** Whether it owes anything. */
  isBusy: () => boolean
}

/** Milliseconds after which a worker that owes something and says nothing is taken for dead. */
const mostSilence = 10_000

export class RestartingWorker {
  readonly #start: StartWorker
  readonly #listener: Listener
  #handle: WorkerHandle | undefined
  /** Orders for a worker that is not ready: while it loads, what it is told is lost. */
  #early: WorkOrder[] | undefined
  /** Deaths since it last did anything. */
  #deaths = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(start: StartWorker, listener: Listener) {
    this.#start = start
    this.#listener = listener
  }

  send(order: WorkOrder): void {
    this.warm()
    if (this.#early) this.#early.push(order)
    else this.#handle!.send(order)
    this.#watch()
  }

  /** Starts it before it is needed. */
  warm(): void {
    this.#handle ??= this.#begin()
  }

  end(): void {
    clearTimeout(this.#timer)
    this.#handle?.end()
    this.#handle = undefined
  }

  #begin(): WorkerHandle {
    this.#early = []
    const handle: WorkerHandle = this.#start(
      (reply) => {
        if (this.#handle === handle) this.#onReply(reply)
      },
      (why) => {
        if (this.#handle === handle) this.#onDeath(why)
      },
    )
    return handle
  }

  #onReply(reply: Reply): void {
    if (reply.is === 'ready') this.#flush()
    else this.#deaths = 0
    this.#listener.onReply(reply)
    this.#watch()
  }

  #flush(): void {
    for (const order of this.#early ?? []) this.#handle!.send(order)
    this.#early = undefined
  }

  #onDeath(why: string): void {
    this.end()
    this.#deaths++
    if (this.#deaths > 1) return this.#listener.giveUp(why)
    this.#handle = this.#begin()
    this.#listener.startOver()
    this.#watch()
  }

  #watch(): void {
    clearTimeout(this.#timer)
    if (this.#handle && this.#listener.isBusy())
      this.#timer = setTimeout(() => this.#onDeath(`silent for ${mostSilence / 1000} seconds`), mostSilence)
  }
}

/** Starts a web worker of the page. */
import type { WorkOrder, Reply } from './protocol.ts'
import type { WorkerHandle } from './restarting-worker.ts'

/** The event of the window that says that a worker was not loaded: every page looks for the reason (layouts/Page.astro). */
const missing = 'worker-missing'

/** A worker that was started before anything is asked of it, and what it has said. */
let early: { worker: Worker; said: Event[] } | undefined

/**
 * Starts a worker ahead, while the page still loads its scripts: the first that is asked for is then ready sooner. This
 * module imports nothing, so that it is there first.
 */
export function startEarly(): void {
  const worker = create()
  const said: Event[] = []
  worker.onmessage = (event) => said.push(event)
  worker.onerror = (event) => {
    // Handled when somebody asks for the worker: it is no error of the page.
    event.preventDefault()
    said.push(event)
  }
  early = { worker, said }
}

function create(): Worker {
  return new Worker(new URL('worker.ts', import.meta.url), { type: 'module' })
}

/**
 * @param hear is told what the worker says
 * @param died is told why there will be no more of it
 */
export function startWebWorker(hear: (reply: Reply) => void, died: (why: string) => void): WorkerHandle {
  const { worker, said } = early ?? { worker: create(), said: [] }
  early = undefined
  worker.onmessage = ({ data }: MessageEvent<Reply>) => hear(data)
  worker.onerror = (event) => {
    // Handled here: it is no error of the page.
    event.preventDefault()
    const { message } = event
    // What throws in a worker has a message; a file that is not there has none.
    if (!message) dispatchEvent(new Event(missing))
    died(message || 'it does not load')
  }
  worker.onmessageerror = () => died('it cannot be understood')
  // Whoever asks for it hears of it after it has it.
  queueMicrotask(() =>
    said.forEach((event) =>
      (event.type === 'message' ? worker.onmessage : worker.onerror)?.call(worker, event as never),
    ),
  )
  return { send: (order: WorkOrder) => worker.postMessage(order), end: () => worker.terminate() }
}

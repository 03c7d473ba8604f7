/** Starts a web worker of the page. */
import type { WorkOrder, Reply } from './protocol.ts'
import type { WorkerHandle } from './restarting-worker.ts'

/** The event of the window that says that a worker was not loaded: every page looks for the reason (layouts/Page.astro). */
const missing = 'worker-missing'

/**
 * @param hear is told what the worker says
 * @param died is told why there will be no more of it
 */
export function startWebWorker(hear: (reply: Reply) => void, died: (why: string) => void): WorkerHandle {
  const worker = new Worker(new URL('worker.ts', import.meta.url), { type: 'module' })
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
  return { send: (order: WorkOrder) => worker.postMessage(order), end: () => worker.terminate() }
}

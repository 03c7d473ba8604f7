/** Workers of the trainer without a browser: each serves in this process, behind a message channel. */

import type { WorkOrder, Reply } from '../../site/src/client/trainer/protocol.ts'
import type { StartWorker } from '../../site/src/client/trainer/restarting-worker.ts'
import { serve } from '../../site/src/client/trainer/serve.ts'

/** A worker that was started. */
interface StartedWorker {
  orders: WorkOrder[]
  replies: Reply[]
  /** As a browser tells of a worker's death. */
  die: () => void
  isEnded: boolean
}

/** Starts workers, and remembers them; `isDumb` ones take orders and do nothing. */
export function workersHere({ isDumb = () => false }: { isDumb?: (worker: number) => boolean } = {}) {
  const started: StartedWorker[] = []
  const start: StartWorker = (hear, died) => {
    const { port1, port2 } = new MessageChannel()
    const worker: StartedWorker = { orders: [], replies: [], die: () => died('it was killed'), isEnded: false }
    port1.onmessage = ({ data }: MessageEvent<Reply>) => {
      worker.replies.push(data)
      hear(data)
    }
    if (!isDumb(started.length)) serve(port2)
    started.push(worker)
    return {
      send: (order) => {
        worker.orders.push(order)
        port1.postMessage(order)
      },
      end: () => {
        worker.isEnded = true
        port1.onmessage = null
        port1.close()
      },
    }
  }
  return { start, started }
}

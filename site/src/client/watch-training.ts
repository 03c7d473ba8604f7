/**
 * Follows the progress of a training in the Worker, by server-sent events, when the answer takes long.
 */
import { withQuery } from '#experiment/spec/query-text.ts'

/** How long an answer may take before its progress is shown, in milliseconds. */
const progressDelay = 600

/**
 * Calls back with how far an experiment is, when it takes long: a share from 0 to 1, and in words.
 *
 * @returns a function that stops it
 */
export function watchTraining(
  query: string,
  seeds: number,
  onProgress: (done: number, words: string) => void,
): () => void {
  let source: EventSource | undefined
  const timer = setTimeout(() => {
    source = new EventSource(withQuery('/api/experiments/stream', query))
    source.addEventListener('progress', ({ data }: MessageEvent<string>) => {
      const { run, epoch } = JSON.parse(data) as { run: number; epoch: number }
      onProgress(run / seeds, seeds > 1 ? `run ${run + 1} of ${seeds}, epoch ${epoch}` : `epoch ${epoch}`)
    })
    source.addEventListener('waiting', ({ data }: MessageEvent<string>) => {
      const { before } = JSON.parse(data) as { before: number }
      onProgress(0, before ? `waiting for room, ${before} before it` : 'waiting for room, next in line')
    })
    // Its end is an error too: there is nothing to come back for.
    source.addEventListener('error', () => source?.close())
  }, progressDelay)
  return () => {
    clearTimeout(timer)
    source?.close()
  }
}

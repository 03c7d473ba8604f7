/** Trains to the end, with whatever engine a spec names. */
import type { Numbers } from '#experiment/result/numbers.ts'
import { completeSpec, type PartialSpec } from '#experiment/spec/spec.ts'
import { trainNumbers } from '#training/by-engine.ts'
import type { Progress } from '#training/progress.ts'

export function trainAll(given: PartialSpec): { numbers: Numbers; progress: Progress[] } {
  const training = trainNumbers(completeSpec(given))
  const progress: Progress[] = []
  for (;;) {
    const slice = training.next()
    if (slice.done) return { numbers: slice.value, progress }
    progress.push(slice.value)
  }
}

/** The data of charts of restless test examples, and what they say of one. */
import type { Churn } from '#experiment/result/churn.ts'

import { classInWords, type LabeledExamples } from '../axes/labeled-examples.ts'
import { listInWords, wholeNumber } from '../text/format.ts'
import { epochsByClass } from './class-lanes.tsx'

/** The churn of a run that has a window and did not diverge. */
type CompleteChurn = Churn & { [Key in 'epochs' | 'changes' | 'restless']: NonNullable<Churn[Key]> }

export interface Restless {
  churn: CompleteChurn
  data: LabeledExamples
  classes: number
}

/** `3 changes` */
export function changesInWords(count: number): string {
  return count === 1 ? '1 change' : `${wholeNumber(count)} changes`
}

/**
 * The number of changes of a test example, with the classes that were predicted for it if they are known: `12 changes:
 * class 1 after 30 epochs and class 2 after 20`.
 *
 * @param example its index among the test examples
 */
export function restlessInWords({ churn, data }: Restless, example: number): string {
  const changes = changesInWords(churn.changes[example] ?? 0)
  const known = churn.restless.find((one) => one.example === example)
  if (!known) return changes
  // The first class is that of the epoch before the window.
  const classes = epochsByClass(known.classes.slice(1)).map(
    ({ label, epochs }, index) =>
      `${classInWords(data, label)} after ${wholeNumber(epochs)}${index > 0 ? '' : epochs === 1 ? ' epoch' : ' epochs'}`,
  )
  return `${changes}: ${listInWords(classes)}`
}

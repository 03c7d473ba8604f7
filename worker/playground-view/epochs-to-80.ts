/** Formats the number of epochs until a test accuracy of 0.8. */
import { decimal, missing } from '#charts/text/format.ts'
import type { Summary } from '#experiment/result/result.ts'

/** The first epoch with a test accuracy of 0.8; for several runs, their median. */
export function epochsTo80({ epochsTo80: { quartiles } }: Summary): string {
  const median = quartiles[1]
  return median === null ? missing : decimal(median, Number.isInteger(median) ? 0 : 1)
}

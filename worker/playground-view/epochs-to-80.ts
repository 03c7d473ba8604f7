/**
 * The epochs to a test accuracy of 0.8, as a text.
 */
import { decimal, missing } from '#charts/text/format.ts'
import type { Summary } from '#experiment/result/result.ts'

/** The first epoch with a test accuracy of 0.8, or the median over the runs. */
export function epochsTo80({ epochsTo80: { quartiles } }: Summary): string {
  const median = quartiles[1]
  return median === null ? missing : decimal(median, Number.isInteger(median) ? 0 : 1)
}

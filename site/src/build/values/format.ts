/**
 * How tables and prose write numbers: as charts do, with as many decimals as they need.
 */
import { decimal, missing } from '#charts/text/format.ts'

/** Writes with a fixed number of decimals. */
export function decimals(count: number): (value: number) => string {
  return (value) => decimal(value, count)
}

/** A value of a table, or a dash where there is none. */
export function orDash(value: number | null | undefined, write: (value: number) => string = String): string {
  return value === null || value === undefined ? missing : write(value)
}

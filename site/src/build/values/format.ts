/** Number formatting for tables and prose: as in charts, with a given number of decimals. */
import { decimal, missing } from '#charts/text/format.ts'

/** Creates a formatter with a fixed number of decimals. */
export function decimals(count: number): (value: number) => string {
  return (value) => decimal(value, count)
}

/** Formats a table value; a dash if it is missing. */
export function orDash(value: number | null | undefined, write: (value: number) => string = String): string {
  return value === null || value === undefined ? missing : write(value)
}

/** A number for the `value` of a `data` element: as many digits as a float32 is sure to have. */
export function machineValue(value: number): number {
  return Number(value.toPrecision(6))
}

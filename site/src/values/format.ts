/**
 * How numbers are written for a reader.
 */

/** Writes with a fixed number of decimals, and a real minus sign. */
export function decimals(count: number): (value: number) => string {
  return (value) => value.toFixed(count).replace('-', '\u2212')
}

/** A whole number with a narrow space between the thousands: `100 000`. */
export function grouped(value: number): string {
  return String(value).replaceAll(/\B(?=(?:\d{3})+$)/g, '\u202F')
}

const missing = '–'

/** A value of a table, or a dash where there is none. */
export function orDash(value: number | null | undefined, write: (value: number) => string = String): string {
  return value === null || value === undefined ? missing : write(value)
}

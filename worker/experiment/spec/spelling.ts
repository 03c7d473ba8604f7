/**
 * How programs spell what a query holds: here every spelling becomes the one that the fields read. A value itself, and
 * so a permalink and a digest, never depends on how it was spelled.
 */

/** `1E-3`, `1.0E-4` (Java), `1e+0` (C, JavaScript); a plus that is not escaped arrives as a blank. */
const exponent = /(\d)e(?:[+ ](?=\d)|(?=-?\d))/gi
/** `True` (Python), `TRUE` (R). */
const flag = /^(?:true|false)$/i

/** A text of a query as its field reads it: the exponents of numbers are `e-3`, flags are `true` and `false`. */
export function plainSpelling(text: string): string {
  return flag.test(text) ? text.toLowerCase() : text.replaceAll(exponent, '$1e')
}

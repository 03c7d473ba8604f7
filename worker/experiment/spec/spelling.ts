/**
 * Normalizes how programming languages print numbers and booleans to the one spelling that the fields parse. A spec,
 * and so its permalink and digest, never depends on how a value was spelled.
 */

/** `1E-3`, `1.0E-4` (Java), `1e+0` (C, JavaScript); an unescaped plus arrives as a space. */
const exponent = /(\d)e(?:[+ ](?=\d)|(?=-?\d))/gi
/** `True` (Python), `TRUE` (R). */
const flag = /^(?:true|false)$/i

/** Normalizes a value of a query: the exponents of numbers to `e-3`, flags to `true` and `false`. */
export function plainSpelling(text: string): string {
  return flag.test(text) ? text.toLowerCase() : text.replaceAll(exponent, '$1e')
}

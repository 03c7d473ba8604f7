/** The error of an invalid query. Each problem names the field, the value received and what is allowed. */
import type { FieldError } from './field-error.ts'

export type { FieldError }

const longestEcho = 100
/** The most errors of one query that are sent back, and how many of them the message lists in words. */
const mostErrors = 20
const mostInWords = 5

/** A {@link FieldError} whose value is safe to send back: at most 100 characters, without control characters. */
export function fieldError(field: string, value: unknown, expected: string): FieldError {
  return { field: shorten(field), value: shorten(String(value)), expected }
}

/** Replaces control characters, because JSON spells each with six characters, and cuts long texts. */
function shorten(text: string): string {
  const plain = text.slice(0, longestEcho).replaceAll(/\p{Cc}/gu, '\u{FFFD}')
  return text.length > longestEcho ? `${plain}…` : plain
}

/**
 * A query that cannot be answered.
 *
 * Status 400: it cannot be parsed (an unknown, repeated or malformed field).
 * Status 422: it can be parsed, but a value is out of range or the experiment exceeds its budget.
 *
 * At most 20 errors are kept and the others are only counted, so that the response stays small.
 */
export class InvalidQuery extends Error {
  readonly status: 400 | 422
  readonly errors: FieldError[]

  constructor(status: 400 | 422, errors: FieldError[]) {
    const inWords = errors
      .slice(0, mostInWords)
      .map(({ field, value, expected }) => `${field}: expected ${expected}, got '${value}'`)
    const others = errors.length - inWords.length
    super([...inWords, ...(others > 0 ? [`and ${others} more errors`] : [])].join('; '))
    this.name = 'InvalidQuery'
    this.status = status
    this.errors = errors.slice(0, mostErrors)
  }
}

/**
 * What was wrong with a query, in words that name the field, what came and what is allowed.
 */
import type { FieldError } from './field-error.ts'

export type { FieldError }

const longestEcho = 100
/** The most errors of one query that are sent back, and how many of them its message repeats in words. */
const mostErrors = 20
const mostInWords = 5

/** A {@link FieldError}, with a value that is safe to send back: never longer than 100 characters. */
export function fieldError(field: string, value: unknown, expected: string): FieldError {
  return { field: shorten(field), value: shorten(String(value)), expected }
}

/** Control characters are replaced: JSON spells each with six characters. */
function shorten(text: string): string {
  const plain = text.slice(0, longestEcho).replaceAll(/\p{Cc}/gu, '\u{FFFD}')
  return text.length > longestEcho ? `${plain}…` : plain
}

/**
 * A query that asks for something that cannot be given.
 *
 * 400: it could not be read (an unknown, repeated or malformed field).
 * 422: it could be read, but a value is out of range or the experiment is over the budget.
 *
 * However many errors a query has, the first 20 are kept and the others counted, so that a refusal stays small.
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

/**
 * What was wrong with a query, in words that name the field, what came and what is allowed.
 */
import type { FieldError } from './field-error.ts'

export type { FieldError }

const longestEcho = 100

/** A {@link FieldError}, with a value that is safe to send back: never longer than 100 characters. */
export function fieldError(field: string, value: unknown, expected: string): FieldError {
  return { field: shorten(field), value: shorten(String(value)), expected }
}

function shorten(text: string): string {
  return text.length > longestEcho ? `${text.slice(0, longestEcho)}…` : text
}

/**
 * A query that asks for something that cannot be given.
 *
 * 400: it could not be read (an unknown, repeated or malformed field).
 * 422: it could be read, but a value is out of range or the experiment is over the budget.
 */
export class InvalidQuery extends Error {
  readonly status: 400 | 422
  readonly errors: FieldError[]

  constructor(status: 400 | 422, errors: FieldError[]) {
    super(errors.map(({ field, value, expected }) => `${field}: expected ${expected}, got '${value}'`).join('; '))
    this.name = 'InvalidQuery'
    this.status = status
    this.errors = errors
  }
}

/** The schema of one problem with one query field, as API answers contain it. */
import * as z from 'zod/mini'

export const FieldError = z.strictObject({
  field: z.string().check(z.describe('The query key.')),
  value: z.string().check(z.describe('What came, as text, cut when it is long.')),
  expected: z.string().check(z.describe('What is allowed, in words.')),
})
export type FieldError = z.output<typeof FieldError>

import { describe, expect, it } from 'vitest'

import { InvalidQuery } from '#experiment/spec/errors.ts'
import { readPin } from '#experiment/spec/pin.ts'
import { completeSpec } from '#experiment/spec/spec.ts'

const spec = completeSpec({ seeds: 30 })

/** What is refused, and how. */
function refusal(pin: string, beside = spec): Pick<InvalidQuery, 'status' | 'errors'> {
  try {
    readPin(pin, beside)
  } catch (error) {
    if (error instanceof InvalidQuery) return error
  }
  throw new Error(`${pin} is taken`)
}

describe('a pin', () => {
  it('is the query of an experiment, and none is the default one', () => {
    expect(readPin('batchSize=full&seeds=30', spec)).toEqual(completeSpec({ batchSize: 'full', seeds: 30 }))
    expect(readPin('', spec)).toEqual(completeSpec({}))
  })

  it('that cannot be read is refused by the name of the field within', () => {
    expect(refusal('batchSize=many&foo=1')).toMatchObject({
      status: 400,
      errors: [
        { field: 'pin', value: 'batchSize=many', expected: 'batchSize: a whole number of at least 1, or full' },
        { field: 'pin', value: 'foo=1', expected: expect.stringMatching(/^foo: one of dataset, /) },
      ],
    })
    expect(refusal('pin=batchSize%3D1').status).toBe(400)
  })

  it('out of range is refused by the name of the field within', () => {
    expect(refusal('batchSize=501')).toMatchObject({
      status: 422,
      errors: [{ field: 'pin', value: 'batchSize=501', expected: expect.stringContaining('from 1 to 500') }],
    })
  })

  it('without a run on the same seed is refused', () => {
    const answer = { status: 422, errors: [{ field: 'pin', expected: expect.stringContaining('1 to 30') }] }
    expect(refusal('seed=31')).toMatchObject(answer)
    expect(refusal('seed=0')).toMatchObject(answer)
    expect(readPin('seed=30', spec).seed).toBe(30)
    expect(readPin('seed=0&seeds=2', spec).seeds).toBe(2)
  })

  it('has one budget with the experiment that it is compared with', () => {
    const large = completeSpec({ batchSize: 1, seeds: 150 })
    expect(readPin('batchSize=full&seeds=150', large).seeds).toBe(150)
    expect(refusal('batchSize=1&seeds=200', large)).toMatchObject({
      status: 422,
      errors: [{ field: 'pin', expected: expect.stringMatching(/together are 1\.\d\d times the budget/) }],
    })
  })
})

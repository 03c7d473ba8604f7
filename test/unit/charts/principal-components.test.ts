/** Principal components, against those of NumPy and against what they must be. */
import { describe, expect, it } from 'vitest'

import { coordinatesOf, principalComponents } from '#charts/axes/principal-components.ts'

import goldens from '../../golden/principal-components.json'

const scattered = (index: number) => ((index * index * 37 + index * 101 + 13) % 997) / 997
/** The rows of which NumPy computed the components. */
const rowsOf = ({ rows, features }: { rows: number; features: number }) =>
  Array.from({ length: rows }, (_, row) =>
    Array.from(
      { length: features },
      (__, feature) => (1 + (feature % 3)) * scattered(row * features + feature) + 0.3 * scattered(row) * (feature % 4),
    ),
  )

function expectClose(values: readonly number[], expected: readonly number[]): void {
  expect(values).toHaveLength(expected.length)
  values.forEach((value, index) => expect([index, Math.abs(value - expected[index]!) < 1e-9]).toEqual([index, true]))
}

describe('principal components', () => {
  it.each(goldens.cases)('are those of NumPy: $name', ({ numpy, ...shape }) => {
    const rows = rowsOf(shape)
    const components = principalComponents(rows, 2)
    expectClose(components.center, numpy.center)
    expectClose(components.shares, numpy.shares)
    numpy.directions.forEach((direction, index) => expectClose(components.directions[index]!, direction))
    expectClose(coordinatesOf(components, rows.at(-1)!), numpy.lastCoordinates)
  })

  it('are exact where they can be: along a diagonal, with the sign of the largest entry', () => {
    const { directions, shares, center } = principalComponents(
      [
        [-1, 1],
        [1, -1],
        [3, -3],
      ],
      2,
    )
    expect(center).toEqual([1, -1])
    expectClose(directions[0]!, [Math.SQRT1_2, -Math.SQRT1_2])
    expectClose(shares, [1, 0])
  })

  it('turn a mirrored copy of the rows to the same coordinates', () => {
    const rows = rowsOf({ rows: 30, features: 4 })
    const mirrored = rows.map((row) => row.map((value) => -value))
    const [one, other] = [principalComponents(rows, 2), principalComponents(mirrored, 2)]
    one.directions.forEach((direction, index) => expectClose(other.directions[index]!, direction))
  })

  it('leave out what is not there: features that never vary, one row, one feature', () => {
    const constant = principalComponents(
      [
        [5, 0, 1],
        [5, 0, 3],
      ],
      2,
    )
    expect(constant.directions[0]).toEqual([0, 0, 1])
    expect(constant.shares).toEqual([1, 0])
    expect(principalComponents([[5, 7]], 2).shares).toEqual([0, 0])
    const single = principalComponents([[1], [2]], 2)
    expect([single.directions, single.shares]).toEqual([
      [[1], [0]],
      [1, 0],
    ])
    expect(coordinatesOf(single, [3])).toEqual([1.5, 0])
  })

  it('have the bits that they had: nothing in them depends on the host', () => {
    const { directions, shares } = principalComponents(rowsOf({ rows: 300, features: 64 }), 2)
    const bits = new BigUint64Array(new Float64Array([...directions[0]!, ...directions[1]!, ...shares]).buffer)
    const mixed = bits.reduce(
      (sum, word) => BigInt.asUintN(64, (sum ^ word) * 1_099_511_628_211n),
      14_695_981_039_346_656_037n,
    )
    expect(mixed.toString(16)).toMatchInlineSnapshot(`"ae68970308b2cbee"`)
  })
})

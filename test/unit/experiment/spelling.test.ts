import fc from 'fast-check'
import { expect, it } from 'vitest'
import * as z from 'zod/mini'

import { requireBudget } from '#experiment/spec/budget.ts'
import { digest } from '#experiment/spec/digest.ts'
import { InvalidQuery } from '#experiment/spec/errors.ts'
import { permalink, readSpec } from '#experiment/spec/permalink.ts'
import { specFields, type ExperimentSpec } from '#experiment/spec/spec.ts'

import { fieldsAndSpec } from '../../support/arbitrary-spec.ts'

const read = (query: string) => readSpec(new URLSearchParams(query), {}, 'refuse').spec

/** The ways in which languages write a number that is not negative. */
const spellings: readonly ((value: number) => string)[] = [
  String,
  // JavaScript's toExponential and C's %e.
  (value) => value.toExponential(),
  (value) => value.toExponential(9).replace(/e[+-](?=\d$)/, '$&0'),
  // Java's Double.toString and C#'s.
  (value) => value.toExponential().replace('e+', 'E').replace('e', 'E'),
  (value) => value.toExponential(9).replace('e', 'E'),
  (value) => value.toExponential().replace('e+', 'e'),
  // Python's float.
  (value) => (Number.isInteger(value) ? `${value}.0` : String(value)),
]
const flags: readonly ((value: boolean) => string)[] = [
  String,
  (value) => (value ? 'True' : 'False'),
  (value) => String(value).toUpperCase(),
]

/** A value, spelled in one of many ways. */
function spell(value: unknown, way: number): string {
  if (typeof value === 'number') return spellings[way % spellings.length]!(value)
  if (typeof value === 'boolean') return flags[way % flags.length]!(value)
  return String(value)
}

function fits(spec: ExperimentSpec): boolean {
  try {
    requireBudget(spec)
    return true
  } catch (error) {
    if (error instanceof InvalidQuery) return false
    throw error
  }
}

it('any spelling of the same values has the same permalink and the same digest', async () => {
  const ways = fc.array(fc.nat(), {
    minLength: Object.keys(specFields).length,
    maxLength: Object.keys(specFields).length,
  })
  const within = fieldsAndSpec.filter(({ spec }) => fits(spec))
  await fc.assert(
    fc.asyncProperty(within, ways, fc.boolean(), async ({ fields, spec }, way, isEscaped) => {
      const spelled = Object.entries(fields).map(([field, value], index) => [field, spell(value, way[index]!)])
      // Many programs put a value in an address as it is; its plus is a blank to whoever reads it.
      const query = isEscaped ? String(new URLSearchParams(spelled)) : spelled.map((pair) => pair.join('=')).join('&')
      expect(read(query)).toEqual(spec)
      expect(permalink(read(query))).toBe(permalink(spec))
      expect(await digest(read(query))).toBe(await digest(spec))
    }),
    { numRuns: 500 },
  )
})

it.each([
  ['learningRate=1E-3', 'learningRate=0.001'],
  ['learningRate=1.0E-4', 'learningRate=0.0001'],
  ['learningRate=1e+0', 'learningRate=1'],
  ['learningRate=1e%2B0', 'learningRate=1'],
  ['epochs=2E2', ''],
  ['epochs=1.5e+02', 'epochs=150'],
  ['batchSize=6.4E1', 'batchSize=64'],
  ['shuffle=False', 'shuffle=false'],
  ['shuffle=FALSE', 'shuffle=false'],
  ['shuffle=True', ''],
])('%s is ?%s', (query, canonical) => {
  expect(permalink(read(query)).split('?')[1] ?? '').toBe(canonical)
})

it.each(['epochs=2E', 'epochs=E2', 'epochs=1e+-2', 'epochs=1e++2', 'epochs=1e 2 ', 'epochs=+5', 'epochs=5 0'])(
  '%s is still no number, and is shown as it came',
  (query) => {
    const value = new URLSearchParams(query).get('epochs')
    expect(() => read(query)).toThrow(
      expect.objectContaining({ status: 400, errors: [expect.objectContaining({ field: 'epochs', value })] }),
    )
  },
)

it('leaves texts of any kind as they are', () => {
  const { view } = readSpec([['text', '/a?b=1E+3']], { text: z.string() }, 'refuse')
  expect(view).toEqual({ text: '/a?b=1E+3' })
})

it.each(['dataset=Moons', 'dataset=TRUE', 'shuffle=yes', 'shuffle=1', 'shuffle=fAlsey'])(
  '%s is still refused: a word is a word',
  (query) => {
    expect(() => read(query)).toThrow(InvalidQuery)
  },
)

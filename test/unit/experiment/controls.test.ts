import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { allowedInWords, controlOf, controls, stopsOf } from '#experiment/spec/controls.ts'
import { readQuery, writeValue } from '#experiment/spec/query.ts'
import {
  isSliderKey,
  sliderPosition,
  sliderSteps,
  stepOf,
  valueAfterKey,
  valueAt,
  valueAtStep,
} from '#experiment/spec/slider.ts'
import { completeSpec, specFields, type SpecField } from '#experiment/spec/spec.ts'

const spec = completeSpec({})
const sliders = controls.filter(({ scale }) => scale)

describe('the controls', () => {
  it('are one for each field of the spec', () => {
    expect(controls.map(({ field }) => field).toSorted()).toEqual(Object.keys(specFields).toSorted())
  })

  it('say in a sentence what each does, short enough to stand below it', () => {
    for (const { help } of controls) expect(help).toMatch(/^[A-Z].{10,40}\.$/)
  })

  it('propose values that the field takes', () => {
    for (const control of controls)
      for (const text of stopsOf(control, spec)) {
        const read = readQuery({ [control.field]: specFields[control.field] }, [[control.field, text]], 'refuse')
        expect([control.field, writeValue(specFields, control.field, read[control.field])]).toEqual([
          control.field,
          text,
        ])
      }
  })

  it('propose for the batch size the powers of two below the training rows, and full', () => {
    const sizes = (examples: number) => stopsOf(controlOf('batchSize'), completeSpec({ examples }))
    expect(sizes(1000).join(' ')).toBe('1 2 4 8 16 32 64 128 256 full')
    expect(sizes(64).join(' ')).toBe('1 2 4 8 16 full')
  })

  it('say what a batch size may be beside the number of examples', () => {
    expect(allowedInWords(controlOf('batchSize'), completeSpec({ examples: 40 }))).toBe(
      'a whole number from 1 to 20, or full',
    )
  })
})

describe('a slider', () => {
  it.each(sliders)('of $field has its default between its ends, and every stop where it says', (control) => {
    for (const stop of control.stops?.(spec) ?? [])
      expect(valueAt(control, sliderPosition(control, stop, spec), spec)).toBe(stop)
    const place = sliderPosition(control, spec[control.field] as number, spec)
    expect(place).toBeGreaterThanOrEqual(0)
    expect(place).toBeLessThanOrEqual(1)
  })

  it.each(sliders)('of $field is a range input of 1000 steps', (control) => {
    for (const stop of control.stops?.(spec) ?? []) {
      const step = stepOf(control, stop, spec)
      expect(Number.isInteger(step) && step >= 0 && step <= sliderSteps).toBe(true)
      expect(valueAtStep(control, String(step), spec)).toBe(stop)
    }
  })

  it('goes by arrows to the next value, by Shift and arrows or by page keys to the next stop', () => {
    const batchSize = controlOf('batchSize')
    const after = (key: string, shiftKey = false) => valueAfterKey(batchSize, 32, spec, { key, shiftKey })
    expect(['ArrowRight', 'ArrowUp', 'ArrowLeft', 'ArrowDown'].map((key) => after(key))).toEqual([33, 33, 31, 31])
    expect(['ArrowRight', 'ArrowLeft'].map((key) => after(key, true))).toEqual([64, 16])
    expect(['PageUp', 'PageDown'].map((key) => after(key))).toEqual([64, 16])
    expect(['Home', 'Tab', 'a'].map((key) => after(key))).toEqual([undefined, undefined, undefined])
    expect(['ArrowRight', 'PageDown', 'Home', 'Tab'].map(isSliderKey)).toEqual([true, true, false, false])
  })

  it('gives values that the field takes, wherever it stands', () => {
    fc.assert(
      fc.property(fc.constantFrom(...sliders), fc.double({ min: 0, max: 1, noNaN: true }), (control, place) => {
        const value = valueAt(control, place, spec)
        const given = { [control.field]: value } as Partial<Record<SpecField, never>>
        expect(() => completeSpec(given)).not.toThrow()
        expect(readQuery({ field: specFields[control.field] }, [['field', String(value)]], 'refuse')).toEqual({
          field: value,
        })
      }),
      { numRuns: 500, seed: 7 },
    )
  })

  it('goes through the learning rate by equal ratios', () => {
    const control = controlOf('learningRate')
    const place = (value: number) => sliderPosition(control, value, spec)
    expect(place(0.1) - place(0.01)).toBeCloseTo(place(0.01) - place(0.001), 12)
    expect(valueAt(control, place(0.033), spec)).toBe(0.033)
  })
})

import { describe, expect, it } from 'vitest'

import { defaultSpec, specFields, type SpecField } from '#experiment/spec.ts'

import { touched } from '../../../worker/http/form.ts'

/** What the page's form sends when it began with an experiment and some fields were changed. */
function form(from: string, began: Record<string, string>, changes: Record<string, string>): URLSearchParams {
  const fields = Object.keys(specFields) as SpecField[]
  const defaults = Object.fromEntries(fields.map((field) => [field, String(defaultSpec(began as never)[field])]))
  return new URLSearchParams({ ...defaults, ...began, ...changes, from })
}
const sent = (...given: Parameters<typeof form>) => String(touched(form(...given)))

describe('a form', () => {
  it('sends nothing where nothing was touched', () => {
    expect(sent('', {}, {})).toBe('')
  })

  it('sends what was changed', () => {
    expect(sent('', {}, { batchSize: '4' })).toBe('batchSize=4')
  })

  it('lets settings that nobody touched follow another dataset', () => {
    expect(sent('', {}, { dataset: 'moons' })).toBe('dataset=moons')
  })

  it('keeps what it began with', () => {
    expect(sent('momentum=0&seeds=30', { momentum: '0', seeds: '30' }, { seeds: '10' })).toBe('momentum=0&seeds=10')
  })

  it('keeps what is wrong, to be said', () => {
    expect(sent('', {}, { batchSize: '0,5' })).toBe('batchSize=0%2C5')
  })

  it('takes an emptied field for its default', () => {
    expect(sent('momentum=0', { momentum: '0' }, { momentum: '' })).toBe('')
  })

  it('keeps everything where it does not say, or not readably, what it began with', () => {
    expect(String(touched(new URLSearchParams('batchSize=32&x=1')))).toBe('batchSize=32&x=1')
    expect(sent('batchSize=none', {}, { batchSize: '4' })).toBe('batchSize=4')
  })
})

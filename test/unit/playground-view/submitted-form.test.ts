/** The playground's form without JavaScript: it sends every field, and means those that were touched. */
import { describe, expect, it } from 'vitest'

import { specQuery } from '#experiment/spec/permalink.ts'
import { completeSpec, specFields, type PartialSpec } from '#experiment/spec/spec.ts'
import { isOfForm, withoutUntouched } from '#playground-view/submitted-form.ts'

/** What a form sends that began with some settings: every field as it is shown, some of them changed, and a switch. */
function sent(began: PartialSpec, changes: Record<string, string> = {}): URLSearchParams {
  const spec = completeSpec(began)
  const fields = Object.keys(specFields).map((field): [string, string] => [
    field,
    changes[field] ?? String(spec[field as keyof typeof spec]),
  ])
  return new URLSearchParams([...fields, ['from', String(specQuery(spec))], ['axis', 'updates']])
}

describe('a form', () => {
  it('means nothing but its switches where no setting was touched', () => {
    expect(String(withoutUntouched(sent({})))).toBe('axis=updates')
  })

  it('means what was touched, and what it began with that is not the tutorial’s', () => {
    expect(String(withoutUntouched(sent({}, { batchSize: '64', learningRate: 'many' })))).toBe(
      'learningRate=many&batchSize=64&axis=updates',
    )
    expect(String(withoutUntouched(sent({ seeds: 30, momentum: 0 }, { batchSize: '64' })))).toBe(
      'momentum=0&batchSize=64&seeds=30&axis=updates',
    )
  })

  it('lets settings that nobody touched follow their defaults: another dataset has another noise', () => {
    expect(String(withoutUntouched(sent({}, { dataset: 'moons' })))).toBe('dataset=moons&axis=updates')
    expect(String(withoutUntouched(sent({ noise: 3 }, { dataset: 'moons' })))).toBe(
      'dataset=moons&noise=3&axis=updates',
    )
  })

  it('means what is frozen, touched or not: it follows nothing', () => {
    const query = sent({ dataset: 'moons' }, { dataset: 'circles' })
    query.set('lock', 'noise,seeds')
    expect(String(withoutUntouched(query))).toBe('dataset=circles&noise=0.2&seeds=1&axis=updates&lock=noise%2Cseeds')
  })

  it('means the default where a field was emptied', () => {
    expect(String(withoutUntouched(sent({ batchSize: 8 }, { batchSize: '' })))).toBe('axis=updates')
  })

  it('is taken to have begun with the tutorial where it says nothing that can be read', () => {
    const query = sent({ batchSize: 8 })
    query.set('from', 'epochs=many')
    expect(String(withoutUntouched(query))).toBe('batchSize=8&axis=updates')
  })
})

it('a permalink is no form, and means all of it', () => {
  const query = new URLSearchParams('batchSize=32&epochs=&fbclid=x')
  expect([isOfForm(query), String(withoutUntouched(query))]).toEqual([false, 'batchSize=32&epochs=&fbclid=x'])
  expect(isOfForm(sent({}))).toBe(true)
})

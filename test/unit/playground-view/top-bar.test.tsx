import { renderToString } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'

import { completeView } from '#charts/view.ts'
import { completeSpec } from '#experiment/spec/spec.ts'
import { hasErrors, readAddress, writeAddress, type Shown } from '#playground-view/address.ts'
import { aloneAddress, compareAddress, comparedSides } from '#playground-view/sides.ts'
import { titleOfSetup, TopBar } from '#playground-view/top-bar.tsx'

const spec = completeSpec({ batchSize: 4, seeds: 30 })
const pin = completeSpec({ seeds: 30 })
const alone: Shown = { view: completeView(), lock: [] }
const opened = (address: string) => {
  const read = readAddress(new URL(address, 'https://minibatch.test').searchParams)
  if (hasErrors(read.spec)) throw new Error(address)
  return { spec: read.spec, shown: read.shown }
}

describe('a comparison', () => {
  it('begins with B as a copy of A, whose settings are then changed', () => {
    const { spec: own, shown } = opened(compareAddress(spec, alone))
    expect([own, shown.pin]).toEqual([spec, spec])
    expect(comparedSides(own, shown)?.map(({ name, isEdited }) => [name, isEdited])).toEqual([
      ['batch size 4', false],
      ['a copy of A', true],
    ])
  })

  it('turns to its other side and back, and names stay with their letters', () => {
    const first = { spec, shown: { ...alone, pin } }
    const namesOf = (of: typeof first) => comparedSides(of.spec, of.shown)!.map(({ side, name }) => `${side}: ${name}`)
    const [a] = comparedSides(spec, first.shown)!
    const turned = opened(a!.address)
    expect([turned.spec, turned.shown.pin, turned.shown.side]).toEqual([pin, spec, 'A'])
    expect(namesOf(turned as typeof first)).toEqual(namesOf(first))
    const [, b] = comparedSides(turned.spec, turned.shown)!
    expect(b!.address).toBe(writeAddress(spec, first.shown))
  })

  it('ends with one of both', () => {
    const shown: Shown = { ...alone, pin, side: 'A' }
    expect(opened(aloneAddress(pin, shown))).toEqual({ spec: pin, shown: alone })
  })

  it('is the heading and the title, with a way to the settings of each', () => {
    const setup = { spec, shown: { ...alone, pin } }
    const html = renderToString(<TopBar setup={setup} isTrained />)
    expect(html).toContain(
      '<a class="side side-b" href="/playground?batchSize=4&amp;seeds=30&amp;pin=seeds%3D30" aria-current',
    )
    expect(html).toContain('30 seeds')
    expect(titleOfSetup(setup)).toBe('A: batch size 32 · B: batch size 4')
    expect(renderToString(<TopBar setup={{ spec, shown: alone }} isTrained />)).toContain('>Compare</a>')
  })

  it('has no side without the other experiment', () => {
    expect(opened('/playground?side=A').shown).toEqual(alone)
  })
})

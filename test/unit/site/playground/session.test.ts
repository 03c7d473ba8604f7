import { describe, expect, it } from 'vitest'

import { completeSpec } from '#experiment/spec.ts'
import { hasErrors, readAddress } from '#instrument/address.ts'

import { Session } from '../../../../site/src/playground/session.ts'

/** A session on an address, and what it asked to be trained. */
function opened(query: string) {
  const { spec, shown, promised, leftOut } = readAddress(new URLSearchParams(query))
  if (hasErrors(spec)) throw new Error(query)
  const trained: number[] = []
  const addresses: string[] = []
  const session = new Session(
    { spec, shown, promised, remarks: { strangers: [], leftOut, readings: [] }, failure: undefined },
    {
      places: {
        pushState: (_, __, address) => void addresses.push(String(address)),
        replaceState: (_, __, address) => void addresses.push(String(address)),
      },
      train: ({ batchSize }) => void trained.push(Number(batchSize)),
      trainPinned: () => undefined,
      onChange: () => undefined,
    },
  )
  return { session, trained, addresses }
}

describe('the playground', () => {
  it('keeps what is trained where an address differs only in how it is shown', () => {
    const { session, trained, addresses } = opened('batchSize=4')
    const { spec } = session.scene
    session.open('/playground?batchSize=4&axis=updates')
    expect(session.scene.spec).toBe(spec)
    expect(session.scene.shown.view.axis).toBe('updates')
    expect(trained).toEqual([])
    expect(addresses).toEqual(['/playground?batchSize=4&axis=updates'])
    session.open('/playground?batchSize=8')
    expect(trained).toEqual([8])
  })

  it('goes on saying what was left out of the address, until a setting is changed', () => {
    const { session } = opened('batchSize=4&pin=batchSize%3D0')
    expect(session.scene.remarks.leftOut).toMatchObject([{ field: 'pin: batchSize', value: '0' }])
    session.set('batchSize', 8)
    expect(session.scene.remarks.leftOut).toEqual([])
  })

  it('leaves a frozen setting as it is, and changes it once it is unlocked', () => {
    const { session } = opened('lock=batchSize')
    session.set('batchSize', 8)
    session.type('batchSize', '16')
    expect(session.scene.spec.batchSize).toBe(32)
    session.set('momentum', 0.5)
    expect(session.scene.spec.momentum).toBe(0.5)
    session.open('/playground?momentum=0.5')
    session.set('batchSize', 8)
    expect(session.scene.spec.batchSize).toBe(8)
  })

  it('opens what a form sent as the Worker does: what nobody touched follows its default', () => {
    const { session, addresses } = opened('')
    session.open('/playground?dataset=moons&noise=2&batchSize=0x&learningRate=.1&from=', true)
    expect(session.scene.spec).toEqual(completeSpec({}))
    session.open('/playground?dataset=moons&noise=2&classes=3&learningRate=.1&from=')
    expect(session.scene.spec).toEqual(completeSpec({ dataset: 'moons', learningRate: 0.1 }))
    expect(session.scene.remarks.readings).toEqual([{ field: 'learningRate', came: '.1', as: '0.1' }])
    expect(addresses).toEqual(['/playground?dataset=moons&learningRate=0.1'])
  })

  it('keeps the cursor at an update where it stands between two epochs, and forgets it at the end', () => {
    const { session } = opened('epoch=7')
    session.goTo({ epoch: 3, step: 5 })
    expect(session.scene.shown).toMatchObject({ update: 53 })
    expect(session.scene.shown.epoch).toBeUndefined()
    session.goTo({ epoch: 4, step: 0 })
    expect(session.scene.shown).toMatchObject({ epoch: 4 })
    expect(session.scene.shown.update).toBeUndefined()
    session.goTo({ epoch: 200, step: 0 })
    expect([session.scene.shown.epoch, session.scene.shown.update]).toEqual([undefined, undefined])
  })
})

import { describe, expect, it } from 'vitest'

import { requireBudget } from '#experiment/budget.ts'
import { completeSpec, type ExperimentSpec } from '#experiment/spec.ts'
import { hasErrors, readAddress } from '#instrument/address.ts'

import type { Live } from '../../../../site/src/playground/laboratory.ts'
import { Session } from '../../../../site/src/playground/session.ts'

/** A session on an address, and what it asked to be trained. */
function opened(query: string, failure?: string) {
  const { spec, shown, promised, leftOut } = readAddress(new URLSearchParams(query), 'any')
  if (hasErrors(spec)) throw new Error(query)
  const trained: number[] = []
  const pinned: (ExperimentSpec | undefined)[] = []
  const addresses: string[] = []
  const session = new Session(
    { spec, shown, promised, remarks: { strangers: [], leftOut, readings: [] }, failure },
    {
      places: {
        pushState: (_, __, address) => void addresses.push(String(address)),
        replaceState: (_, __, address) => void addresses.push(String(address)),
      },
      train: ({ batchSize }) => void trained.push(Number(batchSize)),
      trainPinned: (pin) => void pinned.push(pin),
      onChange: () => undefined,
    },
  )
  return { session, trained, pinned, addresses }
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

describe('the pinned experiment', () => {
  it('is trained for the seeds of what is shown, also when more are chosen', () => {
    const { session, pinned, addresses } = opened('batchSize=4&pin=')
    session.set('seeds', 10)
    expect(session.scene.shown.pin).toEqual(completeSpec({ seeds: 10 }))
    expect(addresses).toEqual(['/playground?batchSize=4&seeds=10&pin=seeds%3D10'])
    session.open('/playground?batchSize=4&seeds=30&pin=')
    expect(session.scene.shown.pin).toEqual(completeSpec({ seeds: 30 }))
    session.set('seed', 5)
    session.set('batchSize', 8)
    expect(pinned).toEqual([
      completeSpec({ seeds: 10 }),
      completeSpec({ seeds: 30 }),
      completeSpec({ seed: 5, seeds: 30 }),
    ])
  })

  it('keeps what is shown of it while it is trained for more seeds', () => {
    const { session } = opened('batchSize=4&pin=')
    const pinned = { spec: session.scene.shown.pin! } as Live
    session.hearPinned(pinned)
    session.open('/playground?batchSize=4&seeds=30&pin=')
    expect(session.scene.pinned).toBe(pinned)
    session.open('/playground?batchSize=4&seeds=30&pin=batchSize%3D8')
    expect(session.scene.pinned).toBeUndefined()
  })
})

describe('the Worker’s budget', () => {
  const above = 'epochs=500&examples=5000&seeds=200'

  it('changes nothing where the browser trains', () => {
    const { session } = opened('epochs=500&seeds=200')
    session.set('examples', 5000)
    expect(session.scene.gaveWay).toEqual([])
    expect(session.scene.spec).toEqual(completeSpec({ epochs: 500, examples: 5000, seeds: 200 }))
    session.open(`/playground?${above}&momentum=0`)
    expect(session.scene.spec.seeds).toBe(200)
  })

  it('is met where the Worker alone trains: by a link, by a change, and when the workers of the browser die', () => {
    const fits = (session: Session) => {
      expect(session.scene.spec.epochs).toBe(500)
      expect(() => requireBudget(session.scene.spec)).not.toThrow()
      expect(session.scene.gaveWay).toMatchObject([
        { field: 'seeds', was: '200', is: String(session.scene.spec.seeds) },
      ])
    }
    const linked = opened(above, 'no workers')
    linked.session.begin()
    fits(linked.session)
    expect(linked.addresses).toEqual([expect.stringMatching(/seeds=\d\d$/)])

    const changed = opened('epochs=500&seeds=200', 'no workers')
    changed.session.set('examples', 5000)
    fits(changed.session)
    // The way back leads to what was there before.
    expect(changed.session.scene.gaveWay[0]!.back).toBe('/playground?epochs=500&seeds=200')

    const dying = opened(above)
    dying.session.begin()
    expect(dying.session.scene.gaveWay).toEqual([])
    dying.session.fail('gone')
    fits(dying.session)
    expect(dying.session.scene.gaveWay[0]!.back).toBeUndefined()
  })

  it('does not matter for what the fields do not allow: that is said with both values, and can be taken back', () => {
    const { session } = opened('seeds=200')
    session.set('epochs', 2000)
    expect(session.scene.gaveWay).toEqual([
      {
        field: 'seeds',
        was: '200',
        is: '50',
        since: { field: 'seeds', expected: 'at most 50 with epochs=2000: seeds × epochs is at most 100000' },
        back: '/playground?seeds=200',
      },
    ])
    session.open(session.scene.gaveWay[0]!.back!)
    expect(session.scene.spec).toEqual(completeSpec({ seeds: 200 }))
    expect(session.scene.gaveWay).toEqual([])
  })
})

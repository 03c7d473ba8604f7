import { describe, expect, it } from 'vitest'

import { requireBudget } from '#experiment/spec/budget.ts'
import { completeSpec, type ExperimentSpec, type SpecField } from '#experiment/spec/spec.ts'
import { hasErrors, readAddress } from '#playground-view/address.ts'

import type { LiveState } from '../../../../../site/src/client/live-experiment.ts'
import { PlaygroundState } from '../../../../../site/src/client/playground/state.ts'

/** A session on an address, and what it asked to be trained. */
function opened(query: string, failure?: string) {
  const { spec, shown, promised, leftOut } = readAddress(new URLSearchParams(query), 'any')
  if (hasErrors(spec)) throw new Error(query)
  const trained: number[] = []
  const pinned: (ExperimentSpec | undefined)[] = []
  const addresses: string[] = []
  const session = new PlaygroundState(
    { spec, shown, promised, remarks: { unknownKeys: [], leftOut, normalized: [] }, failure },
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
    expect(session.scene.remarks.normalized).toEqual([{ field: 'learningRate', came: '.1', as: '0.1' }])
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

describe('an equal experiment', () => {
  it('is the present one: a change that changes nothing trains nothing, and what is known of it stays', () => {
    const { session, trained, addresses } = opened('dataset=moons&batchSize=4&expect=0123456789abcdef')
    const { spec, promised } = session.scene
    session.set('classes', 2, 'keys classes')
    session.set('batchSize', 4)
    session.type('learningRate', '0.010')
    session.reset('momentum')
    session.end()
    expect(session.scene.spec).toBe(spec)
    expect(session.scene.promised).toBe(promised)
    expect([trained, addresses]).toEqual([[], []])
  })
})

describe('what a shared link promises', () => {
  const promised = { fingerprint: '0123456789abcdef', version: 'fused-1' }

  it.each<[string, (session: PlaygroundState) => void]>([
    ['is set', (session) => session.set('batchSize', 8)],
    ['is typed', (session) => session.type('batchSize', '8')],
    ['is set back', (session) => session.reset('batchSize')],
    ['is another of an address', (session) => session.open('/playground?batchSize=8')],
  ])('ends when a setting %s: it is of other numbers', (_, change) => {
    const { session } = opened('batchSize=4&expect=0123456789abcdef&v=fused-1')
    expect(session.scene.promised).toEqual(promised)
    change(session)
    expect(session.scene.spec.batchSize).not.toBe(4)
    expect(session.scene.promised).toBeUndefined()
  })

  it('holds while the same experiment is only shown otherwise', () => {
    const { session } = opened('batchSize=4&expect=0123456789abcdef&v=fused-1')
    session.goTo({ epoch: 3, step: 0 })
    session.show({ epoch: 7 })
    session.type('batchSize', 'x')
    expect(session.scene.promised).toEqual(promised)
  })
})

describe('a typed value that cannot be', () => {
  /** What is said of a text, and whether the experiment stayed as it was. */
  function typed(query: string, field: SpecField, text: string) {
    const { session, trained } = opened(query)
    const { spec } = session.scene
    session.type(field, text)
    const { errors, typed: texts, spec: now } = session.scene
    return { said: errors.map(({ expected }) => expected).join(), text: texts[field], isSame: now === spec, trained }
  }

  it.each<[string, SpecField, string, string]>([
    ['', 'batchSize', '1e9', 'a whole number from 1 to 500, the number of training rows, or full'],
    ['', 'epochs', '1e9', 'a whole number from 1 to 2000'],
    ['examples=100', 'batchSize', '51', 'a whole number from 1 to 50, the number of training rows, or full'],
    ['dataset=moons', 'classes', '5', '2 with dataset=moons'],
    ['epochs=2000', 'seeds', '51', 'at most 50 with epochs=2000: seeds × epochs is at most 100000'],
    ['seeds=2', 'seed', '4294967295', 'at most 4294967294 with seeds=2: run k uses seed + k'],
    ['epochs=60', 'warmup', '60', 'at most 59 with epochs=60: it ends before the run'],
    ['optimizer=rmsprop', 'momentum', '0.5', 'a number from 0 to 0.999 with at most 6 significant digits'],
    ['hiddenUnits=none', 'activation', 'tanh', 'one of relu, tanh, sigmoid'],
    ['lock=batchSize&batchSize=256', 'examples', '100', 'what goes with batchSize=256'],
  ])('beside %s is refused, with what is allowed: %s %s', (query, field, text, said) => {
    expect(typed(query, field, text)).toEqual({ said, text, isSame: true, trained: [] })
  })

  it('is none where it only is spelled otherwise', () => {
    expect(typed('', 'batchSizeSchedule', '50:500').said).toBe('')
    expect(typed('', 'learningRateSchedule', '50:0.01').said).toBe('')
    expect(typed('', 'batchSize', '500')).toMatchObject({ said: '', isSame: false })
    expect(typed('optimizer=rmsprop', 'momentum', '0.9').said).toBe('')
  })
})

describe('frozen settings', () => {
  it('follow no default and give way to nothing', () => {
    const { session } = opened('dataset=moons&lock=noise')
    session.type('dataset', 'circles')
    expect(session.scene.spec).toMatchObject({ dataset: 'circles', noise: 0.2 })
    session.reset()
    expect(session.scene.spec).toMatchObject({ dataset: 'blobs', noise: 0.2 })
  })

  it('let other settings give way, the changed one among them', () => {
    const { session } = opened('seeds=200&lock=seeds')
    session.set('epochs', 2000)
    expect(session.scene.spec).toMatchObject({ seeds: 200, epochs: 500 })
    expect(session.scene.adjusted).toMatchObject([{ field: 'epochs', was: '2000', is: '500' }])
  })

  it('stay where nothing else can give way: then the change is not made', () => {
    const { session } = opened('batchSize=256&lock=batchSize')
    session.set('examples', 100, 'drag examples')
    expect(session.scene.spec).toMatchObject({ batchSize: 256, examples: 1000 })
    session.set('examples', 2000, 'drag examples')
    expect(session.scene.spec).toMatchObject({ batchSize: 256, examples: 2000 })
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
    const pinned = { spec: session.scene.shown.pin! } as LiveState
    session.setPinned(pinned)
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
    expect(session.scene.adjusted).toEqual([])
    expect(session.scene.spec).toEqual(completeSpec({ epochs: 500, examples: 5000, seeds: 200 }))
    session.open(`/playground?${above}&momentum=0`)
    expect(session.scene.spec.seeds).toBe(200)
  })

  it('is met where the Worker alone trains: by a link, by a change, and when the workers of the browser die', () => {
    const fits = (session: PlaygroundState) => {
      expect(session.scene.spec.epochs).toBe(500)
      expect(() => requireBudget(session.scene.spec)).not.toThrow()
      expect(session.scene.adjusted).toMatchObject([
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
    expect(changed.session.scene.adjusted[0]!.back).toBe('/playground?epochs=500&seeds=200')

    const dying = opened(above)
    dying.session.begin()
    expect(dying.session.scene.adjusted).toEqual([])
    dying.session.setFailure('gone')
    fits(dying.session)
    expect(dying.session.scene.adjusted[0]!.back).toBeUndefined()
  })

  it('does not matter for what the fields do not allow: that is said with both values, and can be taken back', () => {
    const { session } = opened('seeds=200')
    session.set('epochs', 2000)
    expect(session.scene.adjusted).toEqual([
      {
        field: 'seeds',
        was: '200',
        is: '50',
        since: { field: 'seeds', expected: 'at most 50 with epochs=2000: seeds × epochs is at most 100000' },
        back: '/playground?seeds=200',
      },
    ])
    session.open(session.scene.adjusted[0]!.back!)
    expect(session.scene.spec).toEqual(completeSpec({ seeds: 200 }))
    expect(session.scene.adjusted).toEqual([])
  })
})

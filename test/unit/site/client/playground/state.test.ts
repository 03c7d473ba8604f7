import { describe, expect, it } from 'vitest'

import { requireBudget } from '#experiment/spec/budget.ts'
import { completeSpec, type ExperimentSpec, type SpecField } from '#experiment/spec/spec.ts'
import { hasErrors, readAddress } from '#playground-view/address.ts'

import type { LiveState } from '../../../../../site/src/client/playground/live-state.ts'
import { PlaygroundState } from '../../../../../site/src/client/playground/state.ts'

/** A state on an address, and what it asked to be trained. */
function opened(query: string, failure?: string) {
  const { spec, shown, promised, leftOut } = readAddress(new URLSearchParams(query), 'any')
  if (hasErrors(spec)) throw new Error(query)
  const trained: number[] = []
  const pinned: (ExperimentSpec | undefined)[] = []
  const addresses: string[] = []
  const state = new PlaygroundState(
    { spec, shown, promised, remarks: { unknownKeys: [], leftOut, normalized: [] }, failure, own: undefined },
    {
      places: {
        pushState: (_, __, address) => void addresses.push(String(address)),
        replaceState: (_, __, address) => void addresses.push(String(address)),
      },
      train: ({ batchSize }) => void trained.push(Number(batchSize)),
      trainPinned: (pin) => void pinned.push(pin),
      leave: () => undefined,
      onChange: () => undefined,
    },
  )
  return { state, trained, pinned, addresses }
}

describe('the playground', () => {
  it('keeps what is trained where an address differs only in how it is shown', () => {
    const { state, trained, addresses } = opened('batchSize=4')
    const { spec } = state.now
    state.open('/playground?batchSize=4&axis=updates')
    expect(state.now.spec).toBe(spec)
    expect(state.now.shown.view.axis).toBe('updates')
    expect(trained).toEqual([])
    expect(addresses).toEqual(['/playground?batchSize=4&axis=updates'])
    state.open('/playground?batchSize=8')
    expect(trained).toEqual([8])
  })

  it('goes on saying what was left out of the address, until a setting is changed', () => {
    const { state } = opened('batchSize=4&pin=batchSize%3D0')
    expect(state.now.remarks.leftOut).toMatchObject([{ field: 'pin: batchSize', value: '0' }])
    state.set('batchSize', 8)
    expect(state.now.remarks.leftOut).toEqual([])
  })

  it('leaves a frozen setting as it is, and changes it once it is unlocked', () => {
    const { state } = opened('lock=batchSize')
    state.set('batchSize', 8)
    state.type('batchSize', '16')
    expect(state.now.spec.batchSize).toBe(32)
    state.set('momentum', 0.5)
    expect(state.now.spec.momentum).toBe(0.5)
    state.open('/playground?momentum=0.5')
    state.set('batchSize', 8)
    expect(state.now.spec.batchSize).toBe(8)
  })

  it('opens what a form sent as the Worker does: what nobody touched follows its default', () => {
    const { state, addresses } = opened('')
    state.open('/playground?dataset=moons&noise=2&batchSize=0x&learningRate=.1&from=', true)
    expect(state.now.spec).toEqual(completeSpec({}))
    state.open('/playground?dataset=moons&noise=2&classes=3&learningRate=.1&from=')
    expect(state.now.spec).toEqual(completeSpec({ dataset: 'moons', learningRate: 0.1 }))
    expect(state.now.remarks.normalized).toEqual([{ field: 'learningRate', came: '.1', as: '0.1' }])
    expect(addresses).toEqual(['/playground?dataset=moons&learningRate=0.1'])
  })

  it('keeps the cursor at an update where it stands between two epochs, and forgets it at the end', () => {
    const { state } = opened('epoch=7')
    state.goTo({ epoch: 3, step: 5 })
    expect(state.now.shown).toMatchObject({ update: 53 })
    expect(state.now.shown.epoch).toBeUndefined()
    state.goTo({ epoch: 4, step: 0 })
    expect(state.now.shown).toMatchObject({ epoch: 4 })
    expect(state.now.shown.update).toBeUndefined()
    state.goTo({ epoch: 200, step: 0 })
    expect([state.now.shown.epoch, state.now.shown.update]).toEqual([undefined, undefined])
  })
})

describe('an equal experiment', () => {
  it('is the present one: a change that changes nothing trains nothing, and what is known of it stays', () => {
    const { state, trained, addresses } = opened('dataset=moons&batchSize=4&expect=0123456789abcdef')
    const { spec, promised } = state.now
    state.set('classes', 2, 'keys classes')
    state.set('batchSize', 4)
    state.type('learningRate', '0.010')
    state.reset('momentum')
    state.end()
    expect(state.now.spec).toBe(spec)
    expect(state.now.promised).toBe(promised)
    expect([trained, addresses]).toEqual([[], []])
  })
})

describe('what a shared link promises', () => {
  const promised = { fingerprint: '0123456789abcdef', version: 'fused-1' }

  it.each<[string, (state: PlaygroundState) => void]>([
    ['is set', (state) => state.set('batchSize', 8)],
    ['is typed', (state) => state.type('batchSize', '8')],
    ['is set back', (state) => state.reset('batchSize')],
    ['is another of an address', (state) => state.open('/playground?batchSize=8')],
  ])('ends when a setting %s: it is of other numbers', (_, change) => {
    const { state } = opened('batchSize=4&expect=0123456789abcdef&v=fused-1')
    expect(state.now.promised).toEqual(promised)
    change(state)
    expect(state.now.spec.batchSize).not.toBe(4)
    expect(state.now.promised).toBeUndefined()
  })

  it('holds while the same experiment is only shown otherwise', () => {
    const { state } = opened('batchSize=4&expect=0123456789abcdef&v=fused-1')
    state.goTo({ epoch: 3, step: 0 })
    state.show({ epoch: 7 })
    state.type('batchSize', 'x')
    expect(state.now.promised).toEqual(promised)
  })
})

describe('a typed value that cannot be', () => {
  /** What is said of a text, and whether the experiment stayed as it was. */
  function typed(query: string, field: SpecField, text: string) {
    const { state, trained } = opened(query)
    const { spec } = state.now
    state.type(field, text)
    const { errors, typed: texts, spec: now } = state.now
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
    const { state } = opened('dataset=moons&lock=noise')
    state.type('dataset', 'circles')
    expect(state.now.spec).toMatchObject({ dataset: 'circles', noise: 0.2 })
    state.reset()
    expect(state.now.spec).toMatchObject({ dataset: 'blobs', noise: 0.2 })
  })

  it('let other settings give way, the changed one among them', () => {
    const { state } = opened('seeds=200&lock=seeds')
    state.set('epochs', 2000)
    expect(state.now.spec).toMatchObject({ seeds: 200, epochs: 500 })
    expect(state.now.adjusted).toMatchObject([{ field: 'epochs', was: '2000', is: '500' }])
  })

  it('stay where nothing else can give way: then the change is not made', () => {
    const { state } = opened('batchSize=256&lock=batchSize')
    state.set('examples', 100, 'drag examples')
    expect(state.now.spec).toMatchObject({ batchSize: 256, examples: 1000 })
    state.set('examples', 2000, 'drag examples')
    expect(state.now.spec).toMatchObject({ batchSize: 256, examples: 2000 })
  })
})

describe('the pinned experiment', () => {
  it('is trained for the seeds of what is shown, also when more are chosen', () => {
    const { state, pinned, addresses } = opened('batchSize=4&pin=')
    state.set('seeds', 10)
    expect(state.now.shown.pin).toEqual(completeSpec({ seeds: 10 }))
    expect(addresses).toEqual(['/playground?batchSize=4&seeds=10&pin=seeds%3D10'])
    state.open('/playground?batchSize=4&seeds=30&pin=')
    expect(state.now.shown.pin).toEqual(completeSpec({ seeds: 30 }))
    state.set('seed', 5)
    state.set('batchSize', 8)
    expect(pinned).toEqual([
      completeSpec({ seeds: 10 }),
      completeSpec({ seeds: 30 }),
      completeSpec({ seed: 5, seeds: 30 }),
    ])
  })

  it('keeps what is shown of it while it is trained for more seeds', () => {
    const { state } = opened('batchSize=4&pin=')
    const pinned = { spec: state.now.shown.pin! } as LiveState
    state.setPinned(pinned)
    state.open('/playground?batchSize=4&seeds=30&pin=')
    expect(state.now.pinned).toBe(pinned)
    state.open('/playground?batchSize=4&seeds=30&pin=batchSize%3D8')
    expect(state.now.pinned).toBeUndefined()
  })
})

describe('the Worker’s budget', () => {
  const above = 'epochs=500&examples=5000&seeds=200'

  it('changes nothing where the browser trains', () => {
    const { state } = opened('epochs=500&seeds=200')
    state.set('examples', 5000)
    expect(state.now.adjusted).toEqual([])
    expect(state.now.spec).toEqual(completeSpec({ epochs: 500, examples: 5000, seeds: 200 }))
    state.open(`/playground?${above}&momentum=0`)
    expect(state.now.spec.seeds).toBe(200)
  })

  it('is met where the Worker alone trains: by a link, by a change, and when the workers of the browser die', () => {
    const fits = (state: PlaygroundState) => {
      expect(state.now.spec.epochs).toBe(500)
      expect(() => requireBudget(state.now.spec)).not.toThrow()
      expect(state.now.adjusted).toMatchObject([{ field: 'seeds', was: '200', is: String(state.now.spec.seeds) }])
    }
    const linked = opened(above, 'no workers')
    linked.state.begin()
    fits(linked.state)
    expect(linked.addresses).toEqual([expect.stringMatching(/seeds=\d\d$/)])

    const changed = opened('epochs=500&seeds=200', 'no workers')
    changed.state.set('examples', 5000)
    fits(changed.state)
    // The way back leads to what was there before.
    expect(changed.state.now.adjusted[0]!.back).toBe('/playground?epochs=500&seeds=200')

    const dying = opened(above)
    dying.state.begin()
    expect(dying.state.now.adjusted).toEqual([])
    dying.state.setFailure('gone')
    fits(dying.state)
    expect(dying.state.now.adjusted[0]!.back).toBeUndefined()
  })

  it('does not matter for what the fields do not allow: that is said with both values, and can be taken back', () => {
    const { state } = opened('seeds=200')
    state.set('epochs', 2000)
    expect(state.now.adjusted).toEqual([
      {
        field: 'seeds',
        was: '200',
        is: '50',
        since: { field: 'seeds', expected: 'at most 50 with epochs=2000: seeds × epochs is at most 100000' },
        back: '/playground?seeds=200',
      },
    ])
    state.open(state.now.adjusted[0]!.back!)
    expect(state.now.spec).toEqual(completeSpec({ seeds: 200 }))
    expect(state.now.adjusted).toEqual([])
  })
})

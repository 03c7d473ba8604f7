/**
 * Takes over the page that the Worker rendered: trains the experiment that the page shows, and then renders the same,
 * live. Where the browser cannot train, the same controls show the Worker's results.
 */
import { hydrate, render } from 'preact'

import { isAvailable } from '#experiment/spec/data-kind.ts'
import { hasErrors, readAddress } from '#playground-view/address.ts'
import { readTyped } from '#playground-view/lenient-input.ts'

import { followTranslation } from '../page/translation.ts'
import { createTrainer, whatLacks, type Trainer } from '../trainer/trainer.ts'
import { PlaygroundApp } from './app.tsx'
import { WithDevice } from './device.tsx'
import { keepFocus } from './focus.ts'
import { askForTable, offerOwnData, withoutMissingTable } from './own-data.ts'
import { PlaygroundState, type State } from './state.ts'
import { VerifiedExperiment } from './verified-experiment.ts'

/** What the screen needs of the page. */
export interface Playground {
  state: PlaygroundState
  /** Trains what the pictures show beside the runs; undefined where the browser cannot train. */
  trainer: Trainer | undefined
  /** The experiment that is shown, and the one that it is compared with. */
  experiments: { shown: VerifiedExperiment; pinned: VerifiedExperiment }
}

/**
 * Takes over the page; a page that says what is wrong stays as it is, and one on a table of the visitor's own asks for it.
 */
export function mountPlayground(root: HTMLElement): void {
  const { query } = readTyped(new URLSearchParams(location.search))
  const { spec } = readAddress(query, 'any')
  if (hasErrors(spec)) return
  if (isAvailable(spec)) takeOver(root)
  else askForTable(spec.data, (own) => takeOver(root, own))
}

/** @param own what there is to say of a table of the visitor's own */
function takeOver(root: HTMLElement, own?: string): void {
  const { query, unknownKeys, normalized } = readTyped(new URLSearchParams(location.search))
  const { right: spec, shown: all, promised, leftOut: without, spec: read } = readAddress(query, 'any')
  // A table that is another than the link names may not have what the link sets.
  const { shown, leftOut } = withoutMissingTable(all, [...without, ...(hasErrors(read) ? read.errors : [])])
  followTranslation(root)
  let isThere = false
  let isAsked = false
  // Always from the top: a component that renders itself leaves its first VNodes with those above it, and what follows
  // from these would stay in memory.
  const draw = () => {
    isAsked = false
    const { state, experiments } = playground
    const screen = (
      <WithDevice>
        <PlaygroundApp
          playground={playground}
          state={state.now}
          worker={experiments.shown.status}
          origin={location.origin}
        />
      </WithDevice>
    )
    // What the Worker refused, or did not wait for, has no pictures to take over.
    const { now } = state
    // A page that was sent before the other side of a comparison was known shows one side alone.
    const isCompared = now.pinned && root.querySelector('.key-numbers.are-compared')
    const isWhole = root.querySelector('.drawings') && (!now.shown.pin || isCompared)
    if (!isThere && !isWhole) root.replaceChildren()
    if (root.firstChild && !isThere) hydrate(screen, root)
    else keepFocus(root, () => render(screen, root))
    isThere = true
  }
  const onChange = () => {
    if (isAsked || !playground.state.now.live) return
    isAsked = true
    queueMicrotask(draw)
  }
  const playground = create({ spec, shown, promised, remarks: { unknownKeys, leftOut, normalized }, own }, onChange)
  playground.state.begin()
  offerOwnData((data, words) => playground.state.useTable(data, words))
}

/** @param onChange what is shown has changed */
function create(
  opened: Pick<State, 'spec' | 'shown' | 'promised' | 'remarks' | 'own'>,
  onChange: () => void,
): Playground {
  const lacking = whatLacks()
  const trainer = lacking === undefined ? createTrainer() : undefined
  const shown = new VerifiedExperiment(trainer, {
    onLive: (live, by) => (by === 'browser' ? state.setProgress(live) : state.setWorkerResult(live)),
    onFailure: (why) => state.setFailure(why),
    onStatus: onChange,
  })
  const pinned = new VerifiedExperiment(trainer && createTrainer(), {
    onLive: (live) => state.setPinned(live),
    onFailure: () => undefined,
  })
  const state = new PlaygroundState(
    { ...opened, failure: lacking && `this browser has no ${lacking}` },
    {
      places: history,
      train: (spec) => shown.set(spec),
      trainPinned: (spec) => {
        if (!spec || !pinned.canTry(spec)) state.setPinned(undefined)
        pinned.set(spec)
      },
      // An address that is there already is loaded again.
      leave: (address, isTravel) => (isTravel ? location.reload() : location.assign(address)),
      onChange,
    },
  )
  addEventListener('online', () => shown.retry())
  addEventListener('popstate', () => state.open(location.pathname + location.search, true))
  return { state, trainer, experiments: { shown, pinned } }
}

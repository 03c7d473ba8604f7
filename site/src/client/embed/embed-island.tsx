/**
 * Makes the frame on another page live: trains its experiment in the browser, with the controls that its address names.
 * Where nothing can be trained, as in a frame that may start no worker, the picture that the Worker drew stays.
 */
import { render } from 'preact'

import { hasErrors, readAddress, readControls } from '#playground-view/address.ts'
import { readTyped } from '#playground-view/lenient-input.ts'

import { LiveExperiment } from '../live-experiment.ts'
import { liveState } from '../playground/live-state.ts'
import { PlaygroundState } from '../playground/state.ts'
import { createTrainer, whatLacks } from '../trainer/trainer.ts'
import { EmbedApp } from './EmbedApp.tsx'

/** The address of a frame does not follow its settings, and its history is the framing page's. */
const nowhere = { pushState: () => {}, replaceState: () => {} }

/** Takes over a frame whose address names controls. */
export function mountEmbed(root: HTMLElement): void {
  const { query } = readTyped(new URLSearchParams(location.search))
  const { spec, shown } = readAddress(query, 'any')
  const controls = readControls(query)
  if (hasErrors(spec) || spec.engine !== 'fused' || controls.length === 0 || whatLacks() !== undefined) return
  let isAsked = false
  const draw = () => {
    isAsked = false
    const { live, pinned, shown: now, failure } = state.now
    // The picture that is there stays until there is another one, of both sides of a comparison.
    if (failure !== undefined || !live || (now.pin && !pinned)) return
    if (!root.classList.contains('instrument')) root.replaceChildren()
    root.classList.add('instrument')
    render(<EmbedApp state={state} now={state.now} live={live} controls={controls} />, root)
  }
  const onChange = () => {
    if (isAsked) return
    isAsked = true
    queueMicrotask(draw)
  }
  const shownExperiment = new LiveExperiment(createTrainer(), {
    onUpdate: (update) => state.setProgress(liveState(update)),
    onFailure: (why) => state.setFailure(why),
  })
  const pinnedExperiment = new LiveExperiment(createTrainer(), {
    onUpdate: (update) => state.setPinned(liveState(update)),
    onFailure: () => undefined,
  })
  const state = new PlaygroundState(
    {
      spec,
      shown,
      promised: undefined,
      remarks: { unknownKeys: [], leftOut: [], normalized: [] },
      failure: undefined,
      own: undefined,
    },
    {
      places: nowhere,
      train: (next) => (next.engine === 'fused' ? shownExperiment.train(next) : undefined),
      leave: () => undefined,
      trainPinned: (next) => (next ? pinnedExperiment.train(next) : pinnedExperiment.cancel()),
      onChange,
    },
  )
  state.begin()
}

/**
 * Takes over the page that the Worker rendered: it trains what the page shows, and then renders the same, live. Where
 * the browser cannot train, the Worker's results come by the same controls.
 */
import { hydrate, render } from 'preact'

import type { ExperimentResult } from '#experiment/result/result.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { hasErrors, readAddress } from '#playground-view/address.ts'
import { readTyped } from '#playground-view/lenient-input.ts'

import { LiveExperiment, type LiveState } from '../live-experiment.ts'
import { followTranslation } from '../page/translation.ts'
import { createTrainer, whatLacks } from '../trainer/trainer.ts'
import { PlaygroundApp } from './app.tsx'
import { WithDevice } from './device.tsx'
import { keepFocus } from './focus.ts'
import { PlaygroundState, type State } from './state.ts'
import { WorkerCheck, type WorkerCheckStatus } from './worker-check.ts'

/** What the island needs of the page, and what the screen needs of the island. */
export interface Playground {
  state: PlaygroundState
  trainer: ReturnType<typeof createTrainer> | undefined
  /** Stops what is under way, the pinned experiment too; what is there stays. */
  stop: () => void
  /** Goes on with what was stopped. */
  resume: () => void
  /** How things are. */
  now: () => { scene: State; edge: WorkerCheckStatus }
  /** Tells whenever they change. */
  subscribe: (onChange: () => void) => void
}

/** Takes over the page; a page that says what is wrong stays as it is. */
export function mountPlayground(root: HTMLElement): void {
  const { query, unknownKeys, normalized } = readTyped(new URLSearchParams(location.search))
  const { spec, shown, promised, leftOut } = readAddress(query, 'any')
  if (hasErrors(spec)) return
  followTranslation(root)
  const playground = create({ spec, shown, promised, remarks: { unknownKeys, leftOut, normalized } })
  let isThere = false
  let isAsked = false
  // Always from the top: a component that renders itself leaves its first VNodes with those above it, and what follows
  // from these would stay in memory.
  const draw = () => {
    isAsked = false
    const screen = (
      <WithDevice>
        <PlaygroundApp playground={playground} {...playground.now()} origin={location.origin} />
      </WithDevice>
    )
    // What the Worker refused has no pictures to take over.
    if (!isThere && !root.querySelector('.instrument-curves')) root.replaceChildren()
    if (root.firstChild && !isThere) hydrate(screen, root)
    else keepFocus(root, () => render(screen, root))
    isThere = true
  }
  playground.subscribe(() => {
    if (isAsked || !playground.now().scene.live) return
    isAsked = true
    queueMicrotask(draw)
  })
  playground.state.begin()
}

function create(opened: Pick<State, 'spec' | 'shown' | 'promised' | 'remarks'>): Playground {
  const lacking = whatLacks()
  const trainer = lacking === undefined ? createTrainer() : undefined
  const pinTrainer = trainer && createTrainer()
  const listeners = new Set<() => void>()
  let edgeNews: WorkerCheckStatus = { name: 'resting' }
  const tell = () => {
    for (const listener of listeners) listener()
  }
  /** Whether the browser has what trains an experiment. */
  const canTry = ({ engine }: ExperimentSpec) => trainer !== undefined && engine === 'fused'

  const edge = new WorkerCheck((news) => {
    edgeNews = news
    const { spec, failure } = session.scene
    const isOurs = canTry(spec) && failure === undefined
    if (news.name === 'there' && !isOurs) session.setWorkerResult(liveOf(spec, news.result))
    else tell()
  })
  const pinEdge = new WorkerCheck((news) => {
    const { pin } = session.scene.shown
    if (news.name === 'there' && pin) session.setPinned(liveOf(pin, news.result))
  })
  const laboratory =
    trainer &&
    new LiveExperiment(trainer, {
      onLive: (live) => {
        session.setProgress(live)
        if (live.isOver) edge.ask(live.spec, false)
      },
      onFailure: (why) => {
        session.setFailure(why)
        edge.ask(session.scene.spec, true)
      },
    })
  const pinLaboratory =
    pinTrainer &&
    new LiveExperiment(pinTrainer, {
      onLive: (live) => session.setPinned(live),
      onFailure: () => {
        const { pin } = session.scene.shown
        if (pin) pinEdge.ask(pin, true)
      },
    })

  const failure = lacking && `this browser has no ${lacking}`
  const session: PlaygroundState = new PlaygroundState(
    { ...opened, failure },
    {
      places: history,
      train: (next) => {
        edge.cancel()
        edgeNews = { name: 'resting' }
        // Where its workers are gone, it says so at once.
        if (canTry(next)) laboratory?.train(next)
        else {
          laboratory?.cancel()
          edge.ask(next, true)
        }
      },
      trainPinned: (pinned) => {
        pinEdge.cancel()
        if (pinned && canTry(pinned)) pinLaboratory?.train(pinned)
        else {
          pinLaboratory?.cancel()
          session.setPinned(undefined)
          if (pinned) pinEdge.ask(pinned, true)
        }
      },
      onChange: tell,
    },
  )
  addEventListener('online', () => {
    const { spec, live } = session.scene
    if (edgeNews.name === 'failed') edge.ask(spec, !live?.isOver)
  })
  addEventListener('popstate', () => session.open(location.pathname + location.search, true))
  return {
    state: session,
    trainer,
    stop: () => {
      laboratory?.stop()
      pinLaboratory?.stop()
    },
    resume: () => {
      laboratory?.resume()
      pinLaboratory?.resume()
    },
    now: () => ({ scene: session.scene, edge: edgeNews }),
    subscribe: (listener) => void listeners.add(listener),
  }
}

/** The Worker's result as an experiment that is over. */
function liveOf(spec: ExperimentSpec, result: ExperimentResult): LiveState {
  return { spec, result, progress: 1, isOver: true, isStopped: false }
}

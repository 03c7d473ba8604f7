/**
 * The screen of the playground in the browser: the screen that the Worker renders, with controls that act, live pictures,
 * and what needs a browser that trains.
 */
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks'

import type { Subject } from '#charts/chart-type.ts'
import { valuesAt } from '#charts/marks/curves-cursor.tsx'
import { referencesOf } from '#datasets/reference-accuracies.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'
import { isInPlane } from '#experiment/spec/data-kind.ts'
import { engines } from '#experiment/spec/engine.ts'
import { permalink } from '#experiment/spec/permalink.ts'
import { ActionsContext, type Actions } from '#playground-view/actions.ts'
import { drawerTitles, type DrawerPanel } from '#playground-view/drawer.tsx'
import { pinnedOf } from '#playground-view/key-numbers.tsx'
import { CurvesPicture } from '#playground-view/pictures.tsx'
import { PlaybackControls } from '#playground-view/playback-controls.tsx'
import { runPositionOf, type RunPosition } from '#playground-view/run-position.ts'
import { PlaygroundScreen } from '#playground-view/screen.tsx'
import type { SettingsState } from '#playground-view/settings-state.ts'
import { editedSide } from '#playground-view/sides.ts'
import { titleOfSetup } from '#playground-view/top-bar.tsx'

import { afterPaint } from '../after-paint.ts'
import { useAnnounced } from './announcement.ts'
import { followLinks } from './in-place-links.ts'
import type { Playground } from './island.tsx'
import { MapOnDemand } from './map-on-demand.tsx'
import { NetworkOnDemand } from './network-on-demand.tsx'
import { NoiseOnDemand } from './noise-on-demand.tsx'
import { LiveBoundary, LiveCurves } from './pictures.tsx'
import { PredictionsOnDemand } from './predictions-on-demand.tsx'
import { RunsLog } from './runs-log.ts'
import { RunsOnDemand } from './runs-on-demand.tsx'
import { SlowMotion } from './slow-motion.tsx'
import type { State } from './state.ts'
import { StatusBar, StatusNotes } from './status-bar.tsx'
import { promiseInWords } from './status-text.ts'
import { StockCheck } from './stock-check.tsx'
import { useBoundary, type LivePlane } from './use-boundary.ts'
import { usePlaying } from './use-playing.ts'
import { useStock } from './use-stock.ts'
import type { WorkerCheckStatus } from './worker-check.ts'

interface AppProps {
  playground: Playground
  state: State
  /** What is known of the Worker's result. */
  worker: WorkerCheckStatus
  origin: string
}

export function PlaygroundApp({ playground, state: now, worker, origin }: AppProps) {
  const { state, experiments } = playground
  // What the browser shows first must be what the Worker rendered: hydration changes nothing.
  const [isThere, setThere] = useState(false)
  const [open, setOpen] = useState<DrawerPanel | undefined>()
  useEffect(() => {
    setThere(true)
    setOpen((panel) => panelOf(location.hash) ?? panel)
    return followLinks(state, (hash) => {
      const panel = panelOf(hash)
      if (!panel) return false
      setOpen(panel)
      // As a link to a part of a page does: what the Tab key reaches next is in the panel.
      void afterPaint().then(() => document.getElementById(panel)?.focus())
      return true
    })
  }, [state])

  const { spec, shown, remarks, typed, errors, adjusted, isMoving, pinned, failure } = now
  // A setting that is put into the map opens it.
  const varied = shown.map?.vary.length ?? 0
  useEffect(() => {
    if (varied > 0) setOpen('map')
  }, [varied])
  const trainer = failure === undefined ? playground.trainer : undefined
  // There is one: the screen is not mounted before.
  const live = now.live!
  const { result } = live
  const both = [experiments.shown, experiments.pinned]
  const isOver = live.isOver && live.spec === spec
  const place = runPositionOf(spec, shown)
  const goTo = useCallback((next: RunPosition) => state.goTo(next), [state])
  const [hovered, setHovered] = useState<number>()
  const playing = usePlaying({ place, epochs: spec.epochs, axis: shown.view.axis, goTo })
  const stock = useStock(spec)
  const other = shown.pin && pinned?.result
  const side = editedSide(shown)
  const beside = useMemo(() => other && pinnedOf(result, other), [result, other])
  const plane = useBoundary(trainer, live, shown)
  const references = useMemo(() => referencesOf([result.spec]), [result.spec])
  const curves = useMemo<Subject>(
    () => ({
      results: [result],
      varied: [],
      view: shown.view,
      references,
      pinned: other,
      side,
    }),
    [result, other, shown.view, side, references],
  )
  const boundary = useMemo<Subject | undefined>(() => plane && planeOf(curves, plane), [curves, plane])
  const actions = useMemo<Actions>(
    () => ({
      set: (field, value, gesture) => state.set(field, value, gesture),
      type: (field, text) => state.type(field, text),
      choose: (field, text) => {
        state.type(field, text)
        state.end()
      },
      reset: (field) => state.reset(field),
      vary: (field) => state.vary(field),
      end: () => state.end(),
      from: () => state.from,
    }),
    [state],
  )
  const { normalized } = remarks
  const setup = useMemo<SettingsState>(
    () => ({ spec, shown, typed, errors, normalized, adjusted }),
    [spec, shown, typed, errors, normalized, adjusted],
  )
  const current = useMemo(() => ({ setup, result }), [setup, result])
  const rested = useDebounced(current, isMoving)
  useEffect(() => {
    document.title = `${titleOfSetup(rested.setup)} – Minibatch`
  }, [rested.setup])
  const said = useAnnounced(now)
  const linked = useLinkedRuns(setOpen)
  const log = useLog(rested.result, isOver && !isMoving && rested.result === result)
  return (
    <ActionsContext.Provider value={isThere ? actions : undefined}>
      <PlaygroundScreen
        setup={setup}
        unknownKeys={remarks.unknownKeys}
        leftOut={remarks.leftOut}
        origin={origin}
        outcome={{ curves, boundary, pinned: beside, promise: promiseInWords(now, live) }}
        live={
          isThere
            ? {
                curves: (
                  <LiveCurves
                    drawing={curves}
                    stock={stock.status.name === 'there' ? stock.status.result : undefined}
                    place={place}
                    isMoving={isMoving}
                    onPoint={playing.actions.goTo}
                    hovered={hovered}
                    onHover={setHovered}
                    built={<CurvesPicture drawing={curves} />}
                  />
                ),
                transport: (
                  <PlaybackControls
                    spec={spec}
                    place={place}
                    axis={shown.view.axis}
                    values={
                      place.epoch > 0
                        ? valuesAt(
                            { result, isSmall: false, compared: other && { side: editedSide(shown), other } },
                            shown.view,
                            place.epoch,
                          ).join(', ')
                        : undefined
                    }
                    {...playing.state}
                    actions={playing.actions}
                  />
                ),
                boundary: isInPlane(spec) ? (
                  <LiveBoundary
                    drawing={boundary}
                    place={plane?.place ?? place}
                    side={shown.pin && editedSide(shown)}
                  />
                ) : (
                  <PredictionsOnDemand trainer={trainer} drawing={curves} />
                ),
                rested,
                place,
                panels: trainer
                  ? {
                      map: (
                        <MapOnDemand
                          spec={rested.setup.spec}
                          shown={rested.setup.shown}
                          onMap={(map) => state.show({ map })}
                          onOpen={(address) => state.open(address)}
                        />
                      ),
                      update: <SlowMotion result={result} place={runPositionOf(live.spec, shown)} drawing={boundary} />,
                      network: <NetworkOnDemand result={result} place={runPositionOf(live.spec, shown)} />,
                      runs: (
                        <RunsOnDemand
                          log={log}
                          spec={rested.setup.spec}
                          shown={rested.setup.shown}
                          version={log.rows.length}
                          fragment={linked.fragment}
                          onFragmentClosed={linked.close}
                        />
                      ),
                      noise: <NoiseOnDemand result={result} />,
                    }
                  : {},
                stock:
                  spec.engine === 'fused' ? (
                    <StockCheck stock={stock} result={isOver ? result : undefined} />
                  ) : undefined,
                open,
                onOpen: setOpen,
                status: (
                  <>
                    <p class="unseen" role="status">
                      {said}
                    </p>
                    <StatusBar
                      state={now}
                      worker={worker}
                      version={engines[spec.engine].version}
                      onStop={() => both.forEach((one) => one.stop())}
                      onResume={() => both.forEach((one) => one.resume())}
                    />
                  </>
                ),
                notes: <StatusNotes state={now} />,
              }
            : undefined
        }
      />
    </ActionsContext.Provider>
  )
}

/** The panel of the drawer that the fragment of an address names. */
function panelOf(hash: string): DrawerPanel | undefined {
  const [name] = hash.slice(1).split('&', 1) as [string]
  return Object.hasOwn(drawerTitles, name) ? (name as DrawerPanel) : undefined
}

/** The fragment of a link to a set of experiments, from when it is opened until the reader closes the set. */
function useLinkedRuns(onOpen: (panel: DrawerPanel) => void): { fragment: string | undefined; close: () => void } {
  const [fragment, setFragment] = useState<string>()
  useEffect(() => {
    // Back and forward may lead to the address again.
    const opened = new Set<string>()
    const read = () => {
      const { hash } = location
      if (!hash.startsWith('#runs&') || opened.has(hash)) return
      opened.add(hash)
      setFragment(hash)
      onOpen('runs')
    }
    read()
    addEventListener('hashchange', read)
    return () => removeEventListener('hashchange', read)
  }, [onOpen])
  const close = () => {
    setFragment(undefined)
    if (location.hash === fragment) history.replaceState(history.state, '', location.pathname + location.search)
  }
  return { fragment, close }
}

/** The list of experiments that were looked at, with the present one once it is trained and at rest. */
function useLog(result: ExperimentResult, isAtRest: boolean): RunsLog {
  const [log] = useState(() => new RunsLog(storageOfPage()))
  useEffect(() => {
    if (isAtRest) log.add(result)
  }, [log, result, isAtRest])
  return log
}

/** The storage of the browser; undefined where it is forbidden. */
function storageOfPage(): Storage | undefined {
  try {
    return localStorage
  } catch {
    return undefined
  }
}

/** How long nothing must move before links, files and tables follow, in milliseconds. */
const debounce = 150

/**
 * A value as it was before a slider began to move, until it rests: for what nobody reads meanwhile.
 *
 * @param now the same object as long as nothing changes
 * @param isMoving a slider is being dragged; else the value is what it is now
 */
function useDebounced<Value>(now: Value, isMoving: boolean): Value {
  const [rested, setRested] = useState(now)
  useEffect(() => {
    const timer = setTimeout(() => setRested(now), debounce)
    return () => clearTimeout(timer)
  }, [now])
  return isMoving ? rested : now
}

/** The plane as it was last drawn: of the experiment that it is of, which may be the one before. */
function planeOf(curves: Subject, { spec, data, boundary }: LivePlane): Subject {
  const result = { ...curves.results[0], spec, permalink: permalink(spec) }
  return { ...curves, results: [result], data, boundary }
}

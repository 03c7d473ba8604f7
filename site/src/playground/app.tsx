/**
 * The screen of the playground, live: what the Worker rendered, with hands.
 */
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks'

import { valuesAt } from '#charts/curves-cursor.tsx'
import { headingOf } from '#charts/heading.ts'
import type { Subject } from '#charts/kind.ts'
import { referencesOf } from '#dataset/references.ts'
import { engines } from '#experiment/engine.ts'
import { permalink } from '#experiment/permalink.ts'
import { HandsContext, type Hands } from '#instrument/hands.ts'
import { Instrument } from '#instrument/instrument.tsx'
import { pinnedOf } from '#instrument/key-numbers.tsx'
import { CurvesPicture } from '#instrument/pictures.tsx'
import { placeOf, type Place } from '#instrument/place.ts'
import type { Setup } from '#instrument/setup.ts'
import { Transport } from '#instrument/transport.tsx'

import { useAnnounced } from './announcement.ts'
import type { EdgeNews } from './edge.ts'
import type { Playground } from './island.tsx'
import { followLinks } from './links.ts'
import { NoiseMeter } from './noise-meter.tsx'
import { LiveBoundary, LiveCurves } from './pictures.tsx'
import { promiseInWords } from './promise.ts'
import type { Scene } from './session.ts'
import { SlowMotion } from './slow-motion.tsx'
import { Standing } from './standing.tsx'
import { StockCheck } from './stock-check.tsx'
import { useBoundary, type PlaneScene } from './use-boundary.ts'
import { usePlaying } from './use-playing.ts'
import { useRested } from './use-rested.ts'
import { useStock } from './use-stock.ts'

interface AppProps {
  playground: Playground
  scene: Scene
  edge: EdgeNews
  origin: string
}

export function App({ playground, scene, edge, origin }: AppProps) {
  const { session } = playground
  // What the browser shows first must be what the Worker rendered: hydration changes nothing.
  const [isThere, setThere] = useState(false)
  useEffect(() => {
    setThere(true)
    return followLinks(session)
  }, [session])

  const { spec, shown, remarks, typed, errors, gaveWay, isMoving, pinned, failure } = scene
  const trainer = failure === undefined ? playground.trainer : undefined
  // There is one: the screen is not mounted before.
  const live = scene.live!
  const { result } = live
  const isOver = live.isOver && live.spec === spec
  const place = placeOf(spec, shown)
  const goTo = useCallback((next: Place) => session.goTo(next), [session])
  const [hovered, setHovered] = useState<number>()
  const playing = usePlaying({ place, epochs: spec.epochs, axis: shown.view.axis, goTo })
  const stock = useStock(spec)
  const other = shown.pin && pinned?.result
  const beside = useMemo(() => other && pinnedOf(result, other), [result, other])
  const plane = useBoundary(trainer, live, shown)
  const references = useMemo(() => referencesOf([result.spec]), [result.spec])
  const curves = useMemo<Subject>(
    () => ({ results: [result], varied: [], view: shown.view, references }),
    [result, shown.view, references],
  )
  const boundary = useMemo<Subject | undefined>(() => plane && planeOf(curves, plane), [curves, plane])
  const hands = useMemo<Hands>(
    () => ({
      set: (field, value, gesture) => session.set(field, value, gesture),
      type: (field, text) => session.type(field, text),
      choose: (field, text) => {
        session.type(field, text)
        session.end()
      },
      reset: (field) => session.reset(field),
      end: () => session.end(),
      from: () => session.from,
    }),
    [session],
  )
  const { readings } = remarks
  const setup = useMemo<Setup>(
    () => ({ spec, shown, typed, errors, readings, gaveWay }),
    [spec, shown, typed, errors, readings, gaveWay],
  )
  const now = useMemo(() => ({ setup, result }), [setup, result])
  const rested = useRested(now, isMoving)
  useEffect(() => {
    document.title = `${headingOf(rested.setup.spec)} – Minibatch`
  }, [rested.setup.spec])
  const said = useAnnounced(scene)
  return (
    <HandsContext.Provider value={isThere ? hands : undefined}>
      <Instrument
        setup={setup}
        strangers={remarks.strangers}
        leftOut={remarks.leftOut}
        origin={origin}
        outcome={{ curves, boundary, pinned: beside, promise: promiseInWords(scene, live) }}
        live={
          isThere
            ? {
                curves: (
                  <LiveCurves
                    drawing={curves}
                    pinned={other}
                    stock={stock.news.name === 'there' ? stock.news.result : undefined}
                    place={place}
                    isMoving={isMoving}
                    onPoint={playing.actions.goTo}
                    hovered={hovered}
                    onHover={setHovered}
                    built={<CurvesPicture drawing={curves} />}
                  />
                ),
                transport: (
                  <Transport
                    spec={spec}
                    place={place}
                    axis={shown.view.axis}
                    values={
                      place.epoch > 0
                        ? valuesAt({ result, isSmall: false }, shown.view, place.epoch).join(', ')
                        : undefined
                    }
                    {...playing.state}
                    actions={playing.actions}
                  />
                ),
                boundary: <LiveBoundary drawing={boundary} place={plane?.place ?? place} />,
                rested,
                update: trainer && (
                  <>
                    <SlowMotion spec={live.spec} place={placeOf(live.spec, shown)} drawing={boundary} />
                    <NoiseMeter result={result} />
                  </>
                ),
                standing: (
                  <>
                    <p class="unseen" role="status">
                      {said}
                    </p>
                    <Standing
                      scene={scene}
                      edge={edge}
                      comparison={beside?.comparison}
                      version={engines[spec.engine].version}
                      onStop={() => playground.stop()}
                      onResume={() => playground.resume()}
                    />
                    {spec.engine === 'fused' && <StockCheck stock={stock} result={isOver ? result : undefined} />}
                  </>
                ),
              }
            : undefined
        }
      />
    </HandsContext.Provider>
  )
}

/** The plane as it was last drawn: of the experiment that it is of, which may be the one before. */
function planeOf(curves: Subject, { spec, data, boundary }: PlaneScene): Subject {
  const result = { ...curves.results[0], spec, permalink: permalink(spec) }
  return { ...curves, results: [result], data, boundary }
}

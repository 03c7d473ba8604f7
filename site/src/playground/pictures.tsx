/**
 * The pictures, drawn live: as wide as they may be, as high as what the Worker drew, so that nothing moves.
 */
import type { ComponentChildren } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'

import { decisionBoundary } from '#charts/decision-boundary.tsx'
import type { Size } from '#charts/frame.tsx'
import type { Subject } from '#charts/kind.ts'
import { learningCurves } from '#charts/learning-curves.tsx'
import { axesOf, type Axes } from '#charts/scales.ts'
import type { View } from '#charts/view.ts'
import type { ExperimentResult } from '#experiment/result.ts'
import { stepsPerEpoch } from '#experiment/rows.ts'
import { curvesSizes } from '#instrument/pictures.tsx'
import { momentInWords, type Place } from '#instrument/place.ts'

/** The width of an element, as it changes; 0 before it is known. */
function useWidth() {
  const ref = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  useEffect(() => {
    if (!ref.current) return undefined
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0))
    observer.observe(ref.current)
    return () => observer.disconnect()
  }, [])
  return { ref, width }
}

/** The size of the curves at a width: as the drawing that the Worker's page would show there, stretched to fit. */
function sizeAt(width: number): Size {
  const built = curvesSizes.filter((size) => width >= size.width).at(-1) ?? curvesSizes[0]!
  return { width, height: (width * built.height) / built.width }
}

/** The axes that suit what is drawn; while a hand moves those from before, so that they hold still. */
function useHeldAxes(
  result: ExperimentResult,
  pinned: ExperimentResult | undefined,
  view: View,
  isMoving: boolean,
): Axes {
  const suiting = useMemo(
    () => (isMoving ? undefined : axesOf(pinned ? [result, pinned] : [result], view)),
    [result, pinned, view, isMoving],
  )
  const [held, setHeld] = useState(suiting)
  useEffect(() => {
    if (suiting) setHeld(suiting)
  }, [suiting])
  return suiting ?? held ?? axesOf([result], view)
}

interface CurvesProps {
  drawing: Subject
  pinned: ExperimentResult | undefined
  /** Where the cursor is; at the end it rests. */
  place: Place
  /** A hand is moving: the axes hold still. */
  isMoving: boolean
  /** The pointer is at a place. */
  onPoint: (place: Place) => void
  /** What there is before the width is known. */
  built: ComponentChildren
}

/** The learning curves. */
export function LiveCurves({ drawing, pinned, place, isMoving, onPoint, built }: CurvesProps) {
  const { ref, width } = useWidth()
  const [result] = drawing.results
  const { view } = drawing
  const axes = useHeldAxes(result, pinned, view, isMoving)
  const shown = useMemo(() => ({ ...drawing, pinned, axes }), [drawing, pinned, axes])
  const size = sizeAt(width)
  const { spec } = result
  const cursor =
    place.epoch >= spec.epochs ? undefined : place.epoch + place.step / stepsPerEpoch(spec, place.epoch) - 1
  const point = (event: PointerEvent) => {
    const svg = ref.current?.querySelector('svg')
    if (!svg) return
    const { left, top } = svg.getBoundingClientRect()
    const stop = learningCurves.explore(shown, size).nearest({ x: event.clientX - left, y: event.clientY - top })
    if (stop !== undefined) onPoint({ epoch: Math.max(1, Math.min(spec.epochs, stop + 1)), step: 0 })
  }
  return (
    <figure class="instrument-curves">
      <div
        class="drawings"
        ref={ref}
        onPointerDown={point}
        onPointerMove={(event) => event.buttons > 0 && point(event)}
      >
        {width > 0 ? learningCurves.draw(shown, { ...size, cursor }) : built}
      </div>
    </figure>
  )
}

interface BoundaryProps {
  /** Undefined until the first has come. */
  drawing: Subject | undefined
  place: Place
  built: ComponentChildren
}

/** The decision boundary of the first run at the place of the cursor, with the points. */
export function LiveBoundary({ drawing, place, built }: BoundaryProps) {
  const { ref, width } = useWidth()
  const { data, boundary, results } = drawing ?? {}
  const spec = results?.[0].spec
  return (
    <figure class="instrument-boundary" ref={ref}>
      {drawing && data && boundary && width > 0
        ? decisionBoundary.draw(drawing, { width, height: decisionBoundary.height(drawing, width) })
        : built}
      {drawing && spec && (
        <figcaption>
          {boundary && !boundary.classes ? 'No class is predicted' : 'The class that is predicted'} after{' '}
          {momentInWords(spec, drawing.view.axis, place)}
          {spec.seeds > 1 && `, by the run with seed ${spec.seed}`}.
        </figcaption>
      )}
    </figure>
  )
}

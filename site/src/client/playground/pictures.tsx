/**
 * The pictures, drawn live in the size of their places.
 */
import type { ComponentChildren } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'

import { axesOf, type Axes } from '#charts/axes/curve-scales.ts'
import type { Size } from '#charts/axes/frame.tsx'
import type { Subject } from '#charts/chart-type.ts'
import type { Position } from '#charts/explorer.ts'
import type { Side } from '#charts/sides.ts'
import decisionBoundary from '#charts/types/decision-boundary.tsx'
import learningCurves from '#charts/types/learning-curves.tsx'
import type { View } from '#charts/view.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'
import { stepsPerEpoch } from '#experiment/spec/training-size.ts'
import { BoundaryDrawing } from '#playground-view/pictures.tsx'
import { momentText, type RunPosition } from '#playground-view/run-position.ts'

import { Explored } from './explored.tsx'
import { useSize } from './use-size.ts'

/** The least height at which the curves have room for their axes, in pixels. */
const leastHeight = 120

/** The axes that suit what is drawn; while a slider is dragged those from before, so that they hold still. */
function useHeldAxes(
  result: ExperimentResult,
  behind: readonly ExperimentResult[],
  view: View,
  isMoving: boolean,
): Axes {
  const suiting = useMemo(
    () => (isMoving ? undefined : axesOf([result, ...behind], view, 'filled')),
    [result, behind, view, isMoving],
  )
  const [held, setHeld] = useState(suiting)
  useEffect(() => {
    if (suiting) setHeld(suiting)
  }, [suiting])
  return suiting ?? held ?? axesOf([result], view, 'filled')
}

interface CurvesProps {
  drawing: Subject
  /** The same experiment by stock TensorFlow.js, where that is known. */
  stock: ExperimentResult | undefined
  /** Where the cursor is; at the end it rests. */
  place: RunPosition
  /** A slider is being dragged: the axes hold still. */
  isMoving: boolean
  /** The pointer is pressed at a place. */
  onPoint: (place: RunPosition) => void
  /** The stop that a mouse is over: the values there are shown meanwhile. */
  hovered: number | undefined
  onHover: (stop: number | undefined) => void
  /** What there is before the width is known. */
  built: ComponentChildren
}

/** The learning curves. */
export function LiveCurves({ drawing, stock, place, isMoving, onPoint, hovered, onHover, built }: CurvesProps) {
  const { ref, width, height } = useSize()
  const { pinned } = drawing
  const [result] = drawing.results
  const { view } = drawing
  const behind = useMemo(() => [pinned, stock].filter((one) => one !== undefined), [pinned, stock])
  const axes = useHeldAxes(result, behind, view, isMoving)
  const shown = useMemo(() => ({ ...drawing, stock, axes }), [drawing, stock, axes])
  const size: Size = useMemo(() => ({ width, height: Math.max(leastHeight, Math.floor(height)) }), [width, height])
  const { spec } = result
  const rests = place.epoch >= spec.epochs
  const cursor = hovered ?? (rests ? undefined : place.epoch + place.step / stepsPerEpoch(spec, place.epoch) - 1)
  /** Where the drag that is under way began, and what it set out from. */
  const dragRef = useRef<{ at: Position; place: RunPosition } | undefined>(undefined)
  const positionOf = (event: PointerEvent): Position => {
    const { left = 0, top = 0 } = ref.current?.querySelector('svg')?.getBoundingClientRect() ?? {}
    return { x: event.clientX - left, y: event.clientY - top }
  }
  const stopAt = (at: Position) => {
    const stop = learningCurves.explore(shown, size).nearest(at, dragRef.current?.at)
    return stop === undefined ? undefined : Math.max(0, Math.min(spec.epochs - 1, stop))
  }
  const point = (at: Position) => {
    const stop = stopAt(at)
    if (stop !== undefined) onPoint({ epoch: stop + 1, step: 0 })
  }
  const press = (event: PointerEvent) => {
    const at = positionOf(event)
    dragRef.current = { at, place }
    // The drag is followed to its end, also outside.
    ref.current?.setPointerCapture(event.pointerId)
    onHover(undefined)
    point(at)
  }
  const move = (event: PointerEvent) => {
    if (dragRef.current) point(positionOf(event))
    else if (event.pointerType === 'mouse') onHover(stopAt(positionOf(event)))
  }
  const letGo = () => {
    dragRef.current = undefined
  }
  const cancel = () => {
    if (dragRef.current) onPoint(dragRef.current.place)
    letGo()
  }
  return (
    <figure class="instrument-curves">
      <div
        class="drawings"
        ref={ref}
        onPointerDown={press}
        onPointerMove={move}
        onPointerUp={letGo}
        onPointerCancel={cancel}
        onPointerLeave={() => onHover(undefined)}
      >
        {width > 0 ? learningCurves.draw(shown, { ...size, cursor }) : built}
      </div>
    </figure>
  )
}

interface BoundaryProps {
  /** Undefined until the first has come. */
  drawing: Subject | undefined
  place: RunPosition
  /** The side of a comparison that it is of. */
  side: Side | undefined
}

/** The decision boundary of the first run at the place of the cursor, with the points, which are read out. */
export function LiveBoundary({ drawing, ...rest }: BoundaryProps) {
  return <figure class="instrument-boundary">{drawing && <ExploredBoundary drawing={drawing} {...rest} />}</figure>
}

function ExploredBoundary({ drawing, place, side }: BoundaryProps & { drawing: Subject }) {
  const { boundary, results, view } = drawing
  const { spec } = results[0]
  const caption = [
    side ? `${side}: ` : '',
    boundary?.classes ? 'The class that is predicted, fainter where it is less probable,' : 'No class is predicted',
    ` after ${momentText(spec, view.axis, place)}`,
    spec.seeds > 1 ? `, by the run with seed ${spec.seed}.` : '.',
  ].join('')
  return (
    <Explored kind={decisionBoundary} drawing={drawing} name="point" built={<BoundaryDrawing drawing={drawing} />}>
      {(reading) => <figcaption>{reading?.brief ?? caption}</figcaption>}
    </Explored>
  )
}

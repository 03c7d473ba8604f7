/**
 * A chart that is read out as the figures are: below a mouse, where a finger is, and by the keys of the slider below it.
 * What is read stands in the line between both.
 */
import type { ComponentChildren, VNode } from 'preact'
import { useMemo, useRef, useState } from 'preact/hooks'

import type { Frame, Size } from '#charts/axes/frame.tsx'
import type { Explorer, Position } from '#charts/explorer.ts'
import { ReadoutSlider, type Reading } from '#playground-view/readout.tsx'

import { positionOn } from '../pointer-position.ts'
import { useSize } from './use-size.ts'

/** A picture whose values are read out: a chart, or one of the playground's own. */
export type Explorable<Drawn> = {
  height: (drawing: Drawn, width: number) => number
  draw: (drawing: Drawn, frame: Frame) => VNode
  explore: (drawing: Drawn, size: Size) => Explorer
}

interface ExploredProps<Drawn> {
  kind: Explorable<Drawn>
  drawing: Drawn
  /** What the cursor goes through. */
  name: string
  /** What stands there until the width is known. */
  built?: ComponentChildren
  /** The line between the picture and the slider, with what is read. */
  children: (reading: Reading | undefined) => VNode
  /** What is at a stop is chosen, by Enter. */
  onChoose?: (stop: number) => void
}

/** The picture, drawn for the width that it has, and its readout. */
export function Explored<Drawn>({ kind, drawing, name, built, children, onChoose }: ExploredProps<Drawn>) {
  const { ref, width } = useSize()
  const [stop, setStop] = useState<number>()
  /** Where the touch that is under way began. */
  const beganRef = useRef<Position | undefined>(undefined)
  const size = useMemo(
    () => (width > 0 ? { width, height: kind.height(drawing, width) } : undefined),
    [kind, drawing, width],
  )
  const explorer = useMemo(() => size && kind.explore(drawing, size), [kind, drawing, size])
  // Another experiment may have fewer stops.
  const at = explorer && stop !== undefined ? Math.max(0, Math.min(explorer.stops - 1, stop)) : undefined
  const reading = explorer && at !== undefined ? { all: explorer.read(at), brief: explorer.brief(at) } : undefined
  const point = (event: PointerEvent) => {
    // A page that scrolls below a pointer at rest moves it too, but is not meant.
    if (event.type === 'pointermove' && event.movementX === 0 && event.movementY === 0) return
    const svg = ref.current?.querySelector('svg')
    if (!explorer || !svg) return
    const position = positionOn(svg, width, event)
    if (event.type === 'pointerdown') beganRef.current = position
    setStop(explorer.nearest(position, event.pointerType === 'touch' ? beganRef.current : undefined))
  }
  // A link of the picture has the focus after a click: keys move it on to the link of another stop.
  const moveFocus = (event: KeyboardEvent) => {
    const links = Array.from(ref.current?.querySelectorAll<SVGAElement>('svg a') ?? [])
    const from = links.findIndex((link) => link === event.target)
    const to = from < 0 ? undefined : explorer?.moved?.(from, event)
    if (to === undefined) return
    event.preventDefault()
    setStop(to)
    links[to]?.focus()
  }
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the keys are those of the links in it */}
      <div
        class="figure-picture"
        ref={ref}
        onPointerMove={point}
        onPointerDown={point}
        onKeyDown={moveFocus}
        onPointerLeave={({ pointerType }) => pointerType === 'mouse' && setStop(undefined)}
      >
        {size ? kind.draw(drawing, { ...size, cursor: at }) : built}
      </div>
      {children(reading)}
      <ReadoutSlider
        name={name}
        stops={explorer?.stops ?? 1}
        stop={at}
        reading={reading}
        moveTo={explorer && setStop}
        moved={explorer?.moved}
        onChoose={onChoose && at !== undefined ? () => onChoose(at) : undefined}
      />
    </>
  )
}

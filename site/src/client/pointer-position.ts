/** Where a pointer is on a drawing, in the pixels that it was drawn for. */
import type { Position } from '#charts/explorer.ts'

/**
 * @param svg the drawing as it is shown
 * @param width the width that it was drawn for
 */
export function positionOn(svg: Element, width: number, { clientX, clientY }: PointerEvent): Position {
  const shown = svg.getBoundingClientRect()
  const scale = width / shown.width
  return { x: (clientX - shown.left) * scale, y: (clientY - shown.top) * scale }
}

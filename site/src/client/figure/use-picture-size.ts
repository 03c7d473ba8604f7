/**
 * The size at which a figure's picture is drawn, which follows the width that the page has for it.
 */
import { useEffect, useState } from 'preact/hooks'

import type { Size } from '#charts/axes/frame.tsx'

import type { FigureProps } from './figure-props.ts'

/** The size of the picture: that of the drawing which stood there, so that nothing moves. */
export function usePictureSize(figure: HTMLElement, { sizes }: FigureProps): Size | undefined {
  const [room, setRoom] = useState<number>()
  useEffect(() => {
    const picture = figure.querySelector('.figure-picture')
    if (!picture) return undefined
    const observer = new ResizeObserver(([entry]) => setRoom(entry?.contentRect.width))
    observer.observe(picture)
    return () => observer.disconnect()
  }, [figure])
  return room === undefined ? undefined : sizes.filter(({ from }) => room >= from).at(-1)
}

/**
 * An example whose features are the pixels of a small picture, as the handwritten digits of UCI and scikit-learn are: 8
 * by 8 gray levels from 0 to 16.
 */
import type { LabeledExamples } from '../axes/labeled-examples.ts'

/** The pixels along an edge, and the darkest gray level. */
const [edge, darkest] = [8, 16]
/** The size of a picture in pixels of the drawing. A whole number of them for each pixel keeps edges sharp. */
export const pictureSize = 8 * edge

/** Whether all examples are such pictures. */
export function arePictures({ points }: Pick<LabeledExamples, 'points'>): boolean {
  const isLevel = (value: number) => Number.isInteger(value) && value >= 0 && value <= darkest
  return points.length > 0 && points.every((point) => point.length === edge * edge && point.every(isLevel))
}

/** Draws a picture, with one path for each gray level. */
export function SmallPicture({ levels, left, top }: { levels: readonly number[]; left: number; top: number }) {
  const size = pictureSize / edge
  const paths = new Map<number, string>()
  levels.forEach((level, index) => {
    if (level === 0) return
    const [x, y] = [left + size * (index % edge), top + size * Math.floor(index / edge)]
    paths.set(level, `${paths.get(level) ?? ''}M${x} ${y}h${size}v${size}h${-size}z`)
  })
  return (
    <g shape-rendering="crispEdges">
      {Array.from(paths, ([level, d]) => (
        <path key={level} fill="currentColor" fill-opacity={level / darkest} d={d} />
      ))}
      <rect class="grid" fill="none" x={left - 1} y={top - 1} width={pictureSize + 2} height={pictureSize + 2} />
    </g>
  )
}

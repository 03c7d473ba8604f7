/**
 * A chart drawn for several widths, of which a page shows the widest that fits: text is as large on a phone as on a
 * desk, without JavaScript. The live drawing takes the same one, so that nothing moves when it takes over.
 */
import type { ChartType, Subject } from './chart-type.ts'

/** The widths that drawings may have, in pixels. */
const widths = [328, 440, 640, 840, 1120] as const
export type Width = (typeof widths)[number]

/** Below this share of its own width a drawing's text would be too small. */
const leastScale = 0.94

/** The room from which on a drawing is shown: the narrowest in any. */
export function roomOf(width: Width): number {
  return width === widths[0] ? 0 : Math.round(width * leastScale)
}

interface DrawingsProps {
  kind: Pick<ChartType, 'draw' | 'height'>
  subject: Subject
  /** From narrow to wide. */
  widths: readonly Width[]
}

/** A chart drawn for each of some widths. */
export function Drawings({ kind, subject, widths: drawn }: DrawingsProps) {
  return (
    <div class="figure-drawings">
      {drawn.map((width, index) => (
        <div key={width} class={['figure-drawing', `from-${width}`, ...upTo(drawn[index + 1])].join(' ')}>
          {kind.draw(subject, { width, height: kind.height(subject, width) })}
        </div>
      ))}
    </div>
  )
}

/** A drawing gives way to the next wider one. */
const upTo = (wider: Width | undefined) => (wider === undefined ? [] : [`to-${wider}`])

/** The rules by which a page shows one of the drawings in a `.figure-picture`. */
export function widthStyles(): string {
  const classes = widths.slice(1).map((width) => `.from-${width}`)
  const rules = widths
    .slice(1)
    .map(
      (width) =>
        `@container (width >= ${roomOf(width)}px) { .from-${width} { display: block; } .to-${width} { display: none; } }`,
    )
  return [
    '.figure-picture { container-type: inline-size; }',
    '.figure-picture svg { display: block; width: 100%; height: auto; }',
    `${classes.join(', ')} { display: none; }`,
    ...rules,
    // Browsers of 2022 do not know the width of an element: the narrowest drawing, not larger than it can be read.
    '@supports not (container-type: inline-size) { .figure-picture :is(svg, img) { max-width: 36rem; } }',
  ].join('\n')
}

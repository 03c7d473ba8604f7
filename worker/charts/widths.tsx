/**
 * Responsive charts without JavaScript: a chart is drawn for several widths and CSS shows the widest drawing that fits,
 * so that text has the same size on a phone as on a desktop. The live chart uses the same drawing, so that nothing
 * moves when it takes over.
 */
import type { ChartType, Subject } from './chart-type.ts'

/** The widths of drawings, in pixels. */
const widths = [328, 440, 640, 840, 1120] as const
export type Width = (typeof widths)[number]

/** The scale below which a drawing's text would be too small. */
const leastScale = 0.94

/** The container width from which a drawing is shown; the narrowest is shown in any. */
export function containerWidthOf(width: Width): number {
  return width === widths[0] ? 0 : Math.round(width * leastScale)
}

interface DrawingsProps {
  kind: Pick<ChartType, 'draw' | 'height'>
  subject: Subject
  /** In ascending order. */
  widths: readonly Width[]
}

/** A chart, drawn once for each width. */
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

/** The class by which a drawing is hidden when the next wider one is shown. */
const upTo = (wider: Width | undefined) => (wider === undefined ? [] : [`to-${wider}`])

/** The style sheet that shows one of the drawings in a `.figure-picture`. */
export function widthStyles(): string {
  const classes = widths.slice(1).map((width) => `.from-${width}`)
  const rules = widths
    .slice(1)
    .map(
      (width) =>
        `@container (width >= ${containerWidthOf(width)}px) { .from-${width} { display: block; } .to-${width} { display: none; } }`,
    )
  return [
    '.figure-picture { container-type: inline-size; }',
    '.figure-picture svg { display: block; width: 100%; height: auto; }',
    `${classes.join(', ')} { display: none; }`,
    ...rules,
    // Browsers from 2022 do not support container queries: they show the narrowest drawing, with a limited size.
    '@supports not (container-type: inline-size) { .figure-picture :is(svg, img) { max-width: 36rem; } }',
  ].join('\n')
}

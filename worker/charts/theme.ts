/**
 * How charts look. Charts carry class names only; a page brings these rules with its own styles, a file brings them
 * along.
 *
 * Many programs that show a file know little of style sheets: no custom properties, no media. So a file says every color
 * itself, light ones outside of any condition, and takes them up with `currentColor`.
 */
import { colorsOf, palettes } from './colors.ts'

/** The schemes that a chart can be drawn in; `auto` follows the reader's. */
export const themes = ['auto', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const classes = palettes.light.classes.map((_, index) => index)

/** What has which color, by the color's name. */
const paints: readonly (readonly [selector: string, property: string, color: string])[] = [
  ['.chart', 'color', 'ink'],
  ['.chart .train', 'color', 'train'],
  ['.chart .test', 'color', 'test'],
  ['.chart .diverged', 'color', 'diverged'],
  ['.chart .pinned', 'color', 'faint'],
  ...classes.map((index) => [`.chart .class-${index}`, 'color', `class-${index}`] as const),
  ...classes.map((index) => [`.chart .region.class-${index}`, 'fill', `region-${index}`] as const),
  ['.chart .paper', 'fill', 'paper'],
  ['.chart text', 'fill', 'faint'],
  ['.chart text.strong', 'fill', 'ink'],
  ['.chart .halo', 'stroke', 'paper'],
  ['.chart .grid', 'stroke', 'grid'],
  ['.chart .zone', 'fill', 'grid'],
  ['.chart .reference', 'stroke', 'faint'],
  ['.chart .cursor', 'stroke', 'ink'],
  ['.chart .dot', 'stroke', 'paper'],
  ['.chart .mark', 'stroke', 'paper'],
  ['.chart .mark.hollow', 'fill', 'paper'],
  ['.chart .ring', 'stroke', 'ink'],
]

/** What does not depend on the scheme. `.train` and the like give their color to what stands in them. */
const shapes = `
.chart { font-family: system-ui, -apple-system, 'Segoe UI', sans-serif; font-size: 13px; line-height: 1.3; font-variant-numeric: tabular-nums; }
.chart text.strong { font-weight: 600; }
${['text', 'tspan'].flatMap((name) => ['train', 'test', 'diverged'].map((look) => `.chart ${name}.${look}`)).join(', ')} { fill: currentColor; font-weight: 600; }
.chart .halo { paint-order: stroke; stroke-width: 4px; stroke-linejoin: round; }
.chart .line { fill: none; stroke: currentColor; stroke-width: 1.25px; stroke-linejoin: round; stroke-linecap: round; }
.chart .line.test { stroke-width: 2px; }
.chart .line.seeds { stroke-width: 0.75px; stroke-opacity: 0.22; }
.chart .line.pinned { stroke-width: 1px; }
.chart .line.cross { stroke-width: 2px; }
.chart .band { fill: currentColor; fill-opacity: 0.16; }
.chart .grid { stroke-width: 1px; }
.chart .zone { fill-opacity: 0.32; }
.chart .reference { stroke-width: 1px; stroke-dasharray: 2 4; }
.chart .cursor { stroke-width: 1px; }
.chart .dot { fill: currentColor; stroke-width: 1.5px; }
.chart .mark { fill: currentColor; stroke-width: 0.5px; }
.chart .mark.hollow { stroke: currentColor; stroke-width: 1.25px; }
.chart .ring { fill: none; stroke-width: 2px; }
@media print { .chart .halo { stroke-width: 2px; } }
`.trim()

/** The paints in the colors that their names stand for. */
function painted(colorOf: (name: string) => string): string {
  return paints.map(([selector, property, color]) => `${selector} { ${property}: ${colorOf(color)}; }`).join('\n')
}

/** With forced colors the reader's own are used; shapes, weights and outlines tell marks apart. */
const forcedColor = (name: string) =>
  name === 'train' ? 'LinkText' : name === 'paper' || name.startsWith('region') ? 'Canvas' : 'CanvasText'
const forced = `@media (forced-colors: active) {
.chart { forced-color-adjust: none; }
${painted(forcedColor)}
.chart .region { stroke: CanvasText; stroke-width: 1px; }
.chart .grid { stroke-opacity: 0.25; }
.chart .zone { fill-opacity: 0; }
}`

/** The rules of a chart that is a file of its own, in the colors of a theme. */
export function chartStyles(theme: Theme = 'auto'): string {
  const paintedBy = (scheme: keyof typeof palettes) => {
    const colors = colorsOf(palettes[scheme])
    return painted((name) => colors[name]!)
  }
  const dark = `@media (prefers-color-scheme: dark) {\n${paintedBy('dark')}\n}`
  return [shapes, paintedBy(theme === 'dark' ? 'dark' : 'light'), ...(theme === 'auto' ? [dark] : []), forced].join(
    '\n',
  )
}

/** The cursor's layer in a page. */
const over = '.chart-over { position: absolute; inset: 0; pointer-events: none; will-change: transform; }'

/** Between paper and ink there is nothing with forced colors: the cells of a map have their outline and their number. */
const forcedCells = `@media (forced-colors: active) {
.chart .cell { fill-opacity: 0; stroke: CanvasText; stroke-width: 1px; }
.chart text.paper, .chart path.paper { fill: CanvasText; }
}`

/** The rules of the charts in a page, which has the colors as custom properties. */
export function pageStyles(): string {
  return [shapes, painted((name) => `var(--${name})`), forced, forcedCells, over].join('\n')
}

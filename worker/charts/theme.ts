/**
 * How charts look: colors by meaning, in light and dark. Train is blue, test orange, in every chart.
 *
 * Charts carry class names only. A page brings these rules with its own styles; a standalone SVG brings them along.
 * The classes have a set of colors of their own, and shapes, so that they are told apart by every color vision.
 */

/** The colors of a scheme. Text has a contrast of at least 4.5 to the paper, marks of 3. */
interface Palette {
  paper: string
  ink: string
  faint: string
  grid: string
  train: string
  test: string
  diverged: string
  /** By class, from 0. */
  classes: readonly string[]
}

const light: Palette = {
  paper: '#fbfaf7',
  ink: '#1d1d1b',
  faint: '#5d5c58',
  grid: '#dddad2',
  train: '#1f6fb2',
  test: '#b85008',
  diverged: '#b3261e',
  classes: [
    '#00896a',
    '#6d2382',
    '#a08000',
    '#5b6770',
    '#b0479a',
    '#5c4a1f',
    '#2c7fa0',
    '#757a1c',
    '#4b3f8f',
    '#a9606a',
  ],
}

const dark: Palette = {
  paper: '#191918',
  ink: '#eceae4',
  faint: '#a8a59c',
  grid: '#3b3a37',
  train: '#6fb1e8',
  test: '#f0954f',
  diverged: '#f2a29c',
  classes: [
    '#17a07c',
    '#c77ae6',
    '#f7e27a',
    '#9aa7b0',
    '#f0a3d8',
    '#c0a070',
    '#6cc5e0',
    '#c5cc66',
    '#9d92ea',
    '#e8a3a8',
  ],
}

export const palettes = { light, dark }
/** The schemes that a chart can be drawn in; `auto` follows the reader's. */
export const themes = ['auto', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** How much of a class's color its region has; the rest is paper. */
const tint = 0.24

/** A mixture of two colors as `#rrggbb`. */
function mix(color: string, paper: string, share: number): string {
  const channel = (text: string, at: number) => parseInt(text.slice(at, at + 2), 16)
  return `#${[1, 3, 5]
    .map((at) => Math.round(channel(color, at) * share + channel(paper, at) * (1 - share)))
    .map((value) => value.toString(16).padStart(2, '0'))
    .join('')}`
}

/** A palette as custom properties. */
function properties({ classes, ...colors }: Palette): string {
  return [
    ...Object.entries(colors).map(([name, color]) => `--${name}: ${color};`),
    ...classes.map((color, index) => `--class-${index}: ${color};`),
    ...classes.map((color, index) => `--region-${index}: ${mix(color, colors.paper, tint)};`),
  ].join(' ')
}

/** With forced colors the reader's own are used; shapes, weights and outlines tell marks apart. */
const forcedColors = [
  '--paper: Canvas; --ink: CanvasText; --faint: CanvasText; --grid: CanvasText; --train: LinkText; --test: CanvasText;',
  '--diverged: CanvasText;',
  ...light.classes.map((_, index) => `--class-${index}: CanvasText; --region-${index}: Canvas;`),
].join(' ')

const classRules = light.classes
  .map((_, index) => `.chart .class-${index} { --color: var(--class-${index}); --region: var(--region-${index}); }`)
  .join('\n')

const rules = `
.chart .paper { fill: var(--paper); }
.chart { font: 13px/1.3 system-ui, -apple-system, 'Segoe UI', sans-serif; font-variant-numeric: tabular-nums; }
.chart text { fill: var(--faint); }
.chart text.strong { fill: var(--ink); font-weight: 600; }
.chart .train { --color: var(--train); }
.chart .test { --color: var(--test); }
.chart .diverged { --color: var(--diverged); }
.chart :is(text, tspan):is(.train, .test, .diverged) { fill: var(--color); font-weight: 600; }
.chart .halo { paint-order: stroke; stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round; }
.chart .line { fill: none; stroke: var(--color, var(--ink)); stroke-width: 1.25px; stroke-linejoin: round; stroke-linecap: round; }
.chart .line.test { stroke-width: 2px; }
.chart .line.seeds { stroke-width: 0.75px; stroke-opacity: 0.22; }
.chart .line.cross { stroke-width: 2px; }
.chart .band { fill: var(--color); fill-opacity: 0.16; }
.chart .grid { stroke: var(--grid); stroke-width: 1px; }
.chart .zone { fill: var(--grid); fill-opacity: 0.32; }
.chart .reference { stroke: var(--faint); stroke-width: 1px; stroke-dasharray: 2 4; }
.chart .cursor { stroke: var(--ink); stroke-width: 1px; }
.chart .dot { fill: var(--color, var(--ink)); stroke: var(--paper); stroke-width: 1.5px; }
.chart .mark { fill: var(--color, var(--ink)); stroke: var(--paper); stroke-width: 0.5px; }
.chart .mark.hollow { fill: var(--paper); stroke: var(--color, var(--ink)); stroke-width: 1.25px; }
.chart .region { fill: var(--region); }
.chart .ring { fill: none; stroke: var(--ink); stroke-width: 2px; }
@media (forced-colors: active) {
  .chart { ${forcedColors} forced-color-adjust: none; }
  .chart .region { stroke: CanvasText; stroke-width: 1px; }
  .chart .grid { stroke-opacity: 0.25; }
}
@media print { .chart .halo { stroke-width: 2px; } }
`.trim()

const darkScheme = `@media (prefers-color-scheme: dark) { .chart { ${properties(dark)} } }`

/** CSS rules of every chart, in the colors of a theme. */
export function chartStyles(theme: Theme = 'auto'): string {
  const colors = `.chart { ${properties(theme === 'dark' ? dark : light)} }`
  return [colors, ...(theme === 'auto' ? [darkScheme] : []), classRules, rules].join('\n')
}

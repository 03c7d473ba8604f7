/**
 * How charts look. A chart's elements have class names only, and one table says how each class looks: a page gets it as a
 * style sheet (`pageStyles`), a file as attributes of every element (`svg-file.ts`).
 */
import { colorsOf, palettes, type Palette } from './colors.ts'

/** The schemes that a chart can be drawn in; `auto` follows the reader's, in programs that know style sheets. */
export const themes = ['auto', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** CSS properties with their values. */
export type Declarations = Readonly<Record<string, string>>

const classes = palettes.light.classes.map((_, index) => index)

/** What has which color, by the color's name. A selector is an element, classes, or both; it holds within `.chart`. */
const paints: readonly (readonly [selector: string, property: string, color: string])[] = [
  ['', 'color', 'ink'],
  ['.train', 'color', 'train'],
  ['.test', 'color', 'test'],
  ['.diverged', 'color', 'diverged'],
  ['.pinned', 'color', 'faint'],
  ...classes.map((index) => [`.class-${index}`, 'color', `class-${index}`] as const),
  ...classes.map((index) => [`.region.class-${index}`, 'fill', `region-${index}`] as const),
  ['.paper', 'fill', 'paper'],
  ['text', 'fill', 'faint'],
  ['text.strong', 'fill', 'ink'],
  ['.below', 'fill', 'paper'],
  ['.halo', 'stroke', 'paper'],
  ['.grid', 'stroke', 'grid'],
  ['.zone', 'fill', 'grid'],
  ['.reference', 'stroke', 'faint'],
  ['.cursor', 'stroke', 'ink'],
  ['.dot', 'stroke', 'paper'],
  ['.mark', 'stroke', 'paper'],
  ['.mark.hollow', 'fill', 'paper'],
  ['.ring', 'stroke', 'ink'],
]

/** What does not depend on the scheme. `.train` and the like give their color to what stands in them. */
const shapes: readonly (readonly [selector: string, declarations: Declarations])[] = [
  [
    '',
    {
      'font-family': "system-ui, -apple-system, 'Segoe UI', sans-serif",
      'font-size': '13px',
      'line-height': '1.3',
      'font-variant-numeric': 'tabular-nums',
    },
  ],
  ['text.strong', { 'font-weight': '600' }],
  ...['text', 'tspan'].flatMap((element) =>
    ['train', 'test', 'diverged'].map(
      (look) => [`${element}.${look}`, { fill: 'currentColor', 'font-weight': '600' }] as const,
    ),
  ),
  ['.halo', { 'paint-order': 'stroke', 'stroke-width': '4px', 'stroke-linejoin': 'round' }],
  [
    '.line',
    {
      fill: 'none',
      stroke: 'currentColor',
      'stroke-width': '1.25px',
      'stroke-linejoin': 'round',
      'stroke-linecap': 'round',
    },
  ],
  ['.line.test', { 'stroke-width': '2px' }],
  ['.line.seeds', { 'stroke-width': '0.75px', 'stroke-opacity': '0.22' }],
  ['.line.pinned', { 'stroke-width': '1px' }],
  ['.line.cross', { 'stroke-width': '2px' }],
  ['.band', { fill: 'currentColor', 'fill-opacity': '0.16' }],
  ['.grid', { fill: 'none', 'stroke-width': '1px' }],
  ['.zone', { 'fill-opacity': '0.32' }],
  ['.reference', { fill: 'none', 'stroke-width': '1px', 'stroke-dasharray': '2 4' }],
  ['.cursor', { fill: 'none', 'stroke-width': '1px' }],
  ['.dot', { fill: 'currentColor', 'stroke-width': '1.5px' }],
  ['.mark', { fill: 'currentColor', 'stroke-width': '0.5px' }],
  ['.mark.hollow', { stroke: 'currentColor', 'stroke-width': '1.25px' }],
  ['.ring', { fill: 'none', 'stroke-width': '2px' }],
]

/** A rule of a style sheet. */
function rule(selector: string, declarations: Declarations): string {
  const inner = Object.entries(declarations).map(([property, value]) => `${property}: ${value};`)
  return `.chart${selector && ` ${selector}`} { ${inner.join(' ')} }`
}

/** The paints in the colors that their names stand for. */
function painted(colorOf: (name: string) => string): string {
  return paints.map(([selector, property, color]) => rule(selector, { [property]: colorOf(color) })).join('\n')
}

/** Where the reader's own colors are used. */
const forcedMedia = '(forced-colors: active)'
/** Shapes, weights and outlines then tell marks apart. */
const forcedColor = (name: string) =>
  name === 'train' ? 'LinkText' : name === 'paper' || name.startsWith('region') ? 'Canvas' : 'CanvasText'
const forced = `@media ${forcedMedia} {
.chart { forced-color-adjust: none; }
${painted(forcedColor)}
.chart .region { stroke: CanvasText; stroke-width: 1px; }
.chart .grid { stroke-opacity: 0.25; }
.chart .zone { fill-opacity: 0; }
}`

/** The cursor's layer in a page. */
const over = '.chart-over { position: absolute; inset: 0; pointer-events: none; will-change: transform; }'

/** Between paper and ink there is nothing with forced colors: the cells of a map have their outline and their number. */
const forcedCells = `@media ${forcedMedia} {
.chart .cell { fill-opacity: 0; stroke: CanvasText; stroke-width: 1px; }
.chart text.paper, .chart path.paper { fill: CanvasText; }
}`

/** On paper a wide halo would cut the lines that it stands in. */
const printed = '@media print { .chart .halo { stroke-width: 2px; } }'

/** The rules of the charts in a page, which has the colors as custom properties. */
export function pageStyles(): string {
  return [
    ...shapes.map(([selector, declarations]) => rule(selector, declarations)),
    printed,
    painted((name) => `var(--${name})`),
    forced,
    forcedCells,
    over,
  ].join('\n')
}

/** When a file with the theme `auto` is drawn in its dark colors. */
const darkMedia = '(prefers-color-scheme: dark)'

/** The style sheets that a file with the theme `auto` brings along, each with its condition, which stands in it too. */
export function sheetsOf(theme: Theme): { media: string; rules: string }[] {
  if (theme !== 'auto') return []
  const colors = colorsOf(palettes.dark)
  const dark = `@media ${darkMedia} {\n${painted((name) => colors[name]!)}\n}`
  return [
    { media: darkMedia, rules: dark },
    { media: forcedMedia, rules: forced },
  ]
}

type Rule = readonly [selector: string, declarations: Declarations]

/** How an element of a chart looks in the colors of a palette: what the rules above come to for it. */
export function lookOf(element: string, classNames: readonly string[], palette: Palette): Declarations {
  const colors = colorsOf(palette)
  const rules: Rule[] = [
    ...shapes,
    ...paints.map(([selector, property, color]): Rule => [selector, { [property]: colors[color]! }]),
  ]
  const isRoot = classNames.includes('chart')
  const matching = rules.flatMap(([selector, declarations]) => {
    const [type = '', ...wanted] = selector.split('.')
    const isMatch =
      isRoot === (selector === '') &&
      (type === '' || type === element) &&
      wanted.every((name) => classNames.includes(name))
    // As a browser counts: classes before elements.
    return isMatch ? [{ declarations, weight: 2 * wanted.length + (type === '' ? 0 : 1) }] : []
  })
  return Object.assign({}, ...matching.sort((a, b) => a.weight - b.weight).map(({ declarations }) => declarations))
}

/**
 * The styles of charts. Elements have only class names, and one table defines the style of each class: pages get it as
 * a style sheet (`pageStyles`), and files as attributes of every element (`svg-file.ts`).
 */
import { colorsOf, palettes, type Palette } from './colors.ts'

/** The color themes of a chart; `auto` follows the reader's preference in programs that support style sheets. */
export const themes = ['auto', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** CSS properties with their values. */
export type Declarations = Readonly<Record<string, string>>

const classes = palettes.light.classes.map((_, index) => index)

/** Colors by name. A selector is an element, classes, or both, within `.chart`. */
const paints: readonly (readonly [selector: string, property: string, color: string])[] = [
  ['', 'color', 'ink'],
  ['.train', 'color', 'train'],
  ['.test', 'color', 'test'],
  ['.diverged', 'color', 'diverged'],
  ['.side-a', 'color', 'test'],
  ['.side-b', 'color', 'second'],
  ['.stock', 'color', 'faint'],
  ...classes.map((index) => [`.class-${index}`, 'color', `class-${index}`] as const),
  ...classes.map((index) => [`.region.class-${index}`, 'fill', `region-${index}`] as const),
  ['.doubt', 'fill', 'paper'],
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
  ['.outline', 'stroke', 'ink'],
]

/** The styles that do not depend on the theme. Classes such as `.train` set the color that their content inherits. */
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
    ['train', 'test', 'side-a', 'side-b', 'diverged'].map(
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
  ...['test', 'side-a', 'side-b'].map((look) => [`.line.${look}`, { 'stroke-width': '2px' }] as const),
  ['.line.seeds', { 'stroke-width': '0.75px', 'stroke-opacity': '0.22' }],
  ['.line.stock', { 'stroke-width': '1px' }],
  ['.line.cross', { 'stroke-width': '2px' }],
  ['.band', { fill: 'currentColor', 'fill-opacity': '0.16' }],
  ['.doubt', { 'fill-opacity': '0.22' }],
  ['.count', { fill: 'currentColor' }],
  ['.grid', { fill: 'none', 'stroke-width': '1px' }],
  ['.zone', { 'fill-opacity': '0.32' }],
  ['.reference', { fill: 'none', 'stroke-width': '1px', 'stroke-dasharray': '2 4' }],
  ['.cursor', { fill: 'none', 'stroke-width': '1px' }],
  ['.dot', { fill: 'currentColor', 'stroke-width': '1.5px' }],
  ['.mark', { fill: 'currentColor', 'stroke-width': '0.5px' }],
  ['.mark.hollow', { stroke: 'currentColor', 'stroke-width': '1.25px' }],
  ['.ring', { fill: 'none', 'stroke-width': '2px' }],
  ['.outline', { fill: 'none', 'stroke-width': '1.25px' }],
  ['.halo.equal', { 'stroke-width': '7px', 'stroke-linecap': 'square' }],
  ['.ring.equal', { 'stroke-width': '3px', 'stroke-linecap': 'square' }],
]

/** A rule of a style sheet. */
function rule(selector: string, declarations: Declarations): string {
  const inner = Object.entries(declarations).map(([property, value]) => `${property}: ${value};`)
  return `.chart${selector && ` ${selector}`} { ${inner.join(' ')} }`
}

/** The rules of all colors. */
function painted(colorOf: (name: string) => string): string {
  return paints.map(([selector, property, color]) => rule(selector, { [property]: colorOf(color) })).join('\n')
}

/** The media query for forced colors, which the reader chooses. */
const forcedMedia = '(forced-colors: active)'
/** With forced colors, marks differ by shape, weight and outline. */
const forcedColor = (name: string) =>
  name === 'train' ? 'LinkText' : name === 'paper' || name.startsWith('region') ? 'Canvas' : 'CanvasText'
const forced = `@media ${forcedMedia} {
.chart { forced-color-adjust: none; }
${painted(forcedColor)}
.chart .region { stroke: CanvasText; stroke-width: 1px; }
.chart .doubt { fill-opacity: 0; }
.chart .grid { stroke-opacity: 0.25; }
.chart .zone { fill-opacity: 0; }
}`

/** The layer of the cursor in a page. */
const over = '.chart-over { position: absolute; inset: 0; pointer-events: none; will-change: transform; }'

/**
 * With forced colors there are no shades between paper and ink, so the cells of a map only have their outline and
 * number.
 */
const forcedCells = `@media ${forcedMedia} {
.chart .cell { fill-opacity: 0; stroke: CanvasText; stroke-width: 1px; }
.chart text.paper, .chart path.paper { fill: CanvasText; }
}`

/** In print, a wide halo would interrupt the lines behind it. */
const printed = '@media print { .chart .halo { stroke-width: 2px; } }'

/** The style sheet of charts in a page, which has the colors as custom properties. */
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

/** The media query for which a file with the theme `auto` is drawn in dark colors. */
const darkMedia = '(prefers-color-scheme: dark)'

/** The style sheets of a file with the theme `auto`, each with its media query, which its rules contain as well. */
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

/** The computed style of a chart element in the colors of a palette. */
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
    // As in CSS specificity, classes count more than elements.
    return isMatch ? [{ declarations, weight: 2 * wanted.length + (type === '' ? 0 : 1) }] : []
  })
  return Object.assign({}, ...matching.sort((a, b) => a.weight - b.weight).map(({ declarations }) => declarations))
}

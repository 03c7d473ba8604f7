/**
 * The colors of charts and pages, in light and dark mode. Train is blue and test is orange in every chart and in the
 * prose; in a comparison A is orange and B is violet. Classes have a palette and shapes of their own, so that they can be distinguished with any color vision.
 */

/** The colors of one mode. Text has a contrast of at least 4.5 to the paper, and marks of at least 3. */
export interface Palette {
  paper: string
  /** The background of raised elements. */
  lifted: string
  ink: string
  faint: string
  /** Rules and grid lines. */
  grid: string
  link: string
  train: string
  test: string
  /** Side B of a comparison; side A has the color of test. */
  second: string
  /** Divergence, and other problems. */
  diverged: string
  /** By class, counted from 0. */
  classes: readonly string[]
}

const light: Palette = {
  paper: '#fbfaf7',
  lifted: '#f3f1ea',
  ink: '#1d1d1b',
  faint: '#5d5c58',
  grid: '#dddad2',
  link: '#1f5f99',
  train: '#1f6fb2',
  test: '#b85008',
  second: '#6b3fa0',
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
  lifted: '#232321',
  ink: '#eceae4',
  faint: '#a8a59c',
  grid: '#3b3a37',
  link: '#8cc0ef',
  train: '#6fb1e8',
  test: '#f0954f',
  second: '#b99cf0',
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

/** The share of a class's color in its region; the rest is paper. */
const tint = 0.24

/** Mixes two colors; the result is `#rrggbb`. */
function mix(color: string, paper: string, share: number): string {
  const channel = (text: string, at: number) => parseInt(text.slice(at, at + 2), 16)
  return `#${[1, 3, 5]
    .map((at) => Math.round(channel(color, at) * share + channel(paper, at) * (1 - share)))
    .map((value) => value.toString(16).padStart(2, '0'))
    .join('')}`
}

/** Every color of a palette by name, such as `paper`, `class-0`, and `region-0`, the background of that class. */
export function colorsOf({ classes, ...colors }: Palette): Record<string, string> {
  return {
    ...colors,
    ...Object.fromEntries(classes.map((color, index) => [`class-${index}`, color])),
    ...Object.fromEntries(classes.map((color, index) => [`region-${index}`, mix(color, colors.paper, tint)])),
  }
}

/** The CSS custom properties from which a page's styles take the colors; in print they are light. */
export function colorProperties(): string {
  const properties = (palette: Palette) =>
    Object.entries(colorsOf(palette))
      .map(([name, color]) => `--${name}: ${color};`)
      .join(' ')
  return `:root { ${properties(light)} }\n@media screen and (prefers-color-scheme: dark) { :root { ${properties(dark)} } }\n`
}

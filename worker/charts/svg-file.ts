/**
 * Charts whose elements say themselves how they look. Most programs that show SVG know little of style sheets:
 * LibreOffice applies the rules for dark screens on every screen and none for an element within another, CairoSVG paints
 * a halo over the text that it surrounds. Attributes of the element itself are understood by all of them.
 */
import { palettes } from './colors.ts'
import { lookOf, sheetsOf, type Theme } from './theme.ts'

/** A tag, as the renderer writes it: the slash of an end, its name, its attributes, the slash of one without content. */
const tags = /<(\/?)([a-zA-Z][\w-]*)((?: [\w:-]+(?:="[^"]*")?)*)(\/?)>/g
/** A text with a halo: its attributes, and what it says. */
const texts = /<text((?: [\w:-]+="[^"]*")* class="[^"]*\bhalo\b[^"]*"(?: [\w:-]+="[^"]*")*)>(.*?)<\/text>/gs

/** What is no attribute of SVG, or nothing to programs other than browsers. */
const cssOnly: ReadonlySet<string> = new Set(['line-height', 'font-variant-numeric', 'paint-order'])

type Attributes = Record<string, string>

/**
 * A chart as a file of its own. With the theme `auto` it is light, and dark where a program knows the condition.
 *
 * @param svg one chart, as the renderer writes it
 */
export function svgFile(svg: string, theme: Theme): string {
  // The condition stands twice: LibreOffice reads that of the element alone, most others that of the sheet.
  const sheets = sheetsOf(theme).map(({ media, rules }) => `<style media="${media}">${rules}</style>`)
  return withAttributes(svg, theme).replace(/<\/svg>$/, `${sheets.join('')}</svg>`)
}

/**
 * HTML or SVG whose charts have all colors and widths as attributes. With the theme `auto` a style sheet can still change
 * the colors: its rules come before attributes.
 */
export function withAttributes(html: string, theme: Theme): string {
  const palette = palettes[theme === 'dark' ? 'dark' : 'light']
  /** The colors of the elements that are open in a chart, from its root on. */
  const open: string[] = []
  return withHalosBelow(html).replaceAll(tags, (tag, end: string, element: string, text: string, empty: string) => {
    if (end) {
      open.pop()
      return tag
    }
    const given = attributesOf(text)
    const classes = given['class']?.split(' ') ?? []
    if (open.length === 0 && !classes.includes('chart')) return tag
    const look = lookOf(element, classes, palette)
    const color = look['color'] ?? open.at(-1) ?? palette.ink
    if (!empty) open.push(color)
    const all = { ...given, ...presented(look) }
    // Only style sheets need to know who takes up the color around it, and other programs do not know the word.
    return writeTag(element, theme === 'auto' ? all : withoutCurrentColor(all, color), empty)
  })
}

/** The attributes in a tag, escaped as they are. */
function attributesOf(text: string): Attributes {
  const each = Array.from(text.matchAll(/ ([\w:-]+)(?:="([^"]*)")?/g))
  return Object.fromEntries(each.map(([, name = '', value = '']) => [name, value]))
}

function writeTag(element: string, attributes: Attributes, empty = ''): string {
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${value}"`)
  return `<${element}${written.join('')}${empty}>`
}

/** Declarations as attributes: lengths are numbers there. */
function presented(look: Readonly<Attributes>): Attributes {
  const known = Object.entries(look).filter(([property]) => !cssOnly.has(property))
  return Object.fromEntries(known.map(([property, value]) => [property, value.replace(/^([\d.]+)px$/, '$1')]))
}

/** Attributes with a color in place of `currentColor`. */
function withoutCurrentColor(attributes: Attributes, color: string): Attributes {
  const each = Object.entries(attributes).filter(([name]) => name !== 'color')
  return Object.fromEntries(each.map(([name, value]) => [name, value === 'currentColor' ? color : value]))
}

/** Every halo as a text of its own in the color of the paper, below the one that it surrounds. */
function withHalosBelow(html: string): string {
  return html.replaceAll(texts, (_, given: string, words: string) => {
    const { class: names = '', ...place } = attributesOf(given)
    const own = names.split(' ').filter((name) => name !== 'halo' && name !== '')
    // It is as wide as the text, so as bold.
    const isBold = lookOf('text', own, palettes.light)['font-weight'] !== undefined
    const below = { class: 'halo below', 'aria-hidden': 'true', ...(isBold ? { 'font-weight': '600' } : {}), ...place }
    const above = own.length > 0 ? { class: own.join(' '), ...place } : place
    return `${writeTag('text', below)}${words}</text>${writeTag('text', above)}${words}</text>`
  })
}

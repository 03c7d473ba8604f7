/**
 * Standalone SVG files, and charts whose elements carry their style as attributes. Most programs that show SVG support
 * few style sheets: LibreOffice applies the rules for dark screens on every screen, and none for nested elements;
 * CairoSVG paints a halo over the text that it surrounds. All of them understand presentation attributes.
 */
import { palettes } from './colors.ts'
import { lookOf, sheetsOf, type Theme } from './theme.ts'

/**
 * A tag as the renderer writes it: the slash of an end tag, the name, the attributes, and the slash of an empty
 * element.
 */
const tags = /<(\/?)([a-zA-Z][\w-]*)((?: [\w:-]+(?:="[^"]*")?)*)(\/?)>/g
/** A text element with a halo: its attributes and its content. */
const texts = /<text((?: [\w:-]+="[^"]*")* class="[^"]*\bhalo\b[^"]*"(?: [\w:-]+="[^"]*")*)>(.*?)<\/text>/gs

/** CSS properties that are not SVG attributes, or that only browsers support. */
const cssOnly: ReadonlySet<string> = new Set(['line-height', 'font-variant-numeric', 'paint-order'])

type Attributes = Record<string, string>

/**
 * A chart as a standalone file. With the theme `auto` it is light, and dark in programs that support the media query.
 *
 * @param svg one chart, as the renderer writes it
 */
export function svgFile(svg: string, theme: Theme): string {
  // The media query is written twice, because LibreOffice reads only that of the element and most others only that of
  // the sheet.
  const sheets = sheetsOf(theme).map(({ media, rules }) => `<style media="${media}">${rules}</style>`)
  return withAttributes(svg, theme).replace(/<\/svg>$/, `${sheets.join('')}</svg>`)
}

/**
 * Adds all colors and widths as attributes to the charts in HTML or SVG. With the theme `auto` a style sheet can still
 * change the colors, since its rules take precedence over attributes.
 */
export function withAttributes(html: string, theme: Theme): string {
  const palette = palettes[theme === 'dark' ? 'dark' : 'light']
  /** The colors of the open elements in a chart, from its root on. */
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
    // Only style sheets need `currentColor`, which other programs do not know.
    return writeTag(element, theme === 'auto' ? all : withoutCurrentColor(all, color), empty)
  })
}

/** The attributes in a tag, still escaped. */
function attributesOf(text: string): Attributes {
  const each = Array.from(text.matchAll(/ ([\w:-]+)(?:="([^"]*)")?/g))
  return Object.fromEntries(each.map(([, name = '', value = '']) => [name, value]))
}

function writeTag(element: string, attributes: Attributes, empty = ''): string {
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${value}"`)
  return `<${element}${written.join('')}${empty}>`
}

/** CSS declarations as attributes, in which lengths are plain numbers. */
function presented(look: Readonly<Attributes>): Attributes {
  const supported = Object.entries(look).filter(([property]) => !cssOnly.has(property))
  return Object.fromEntries(supported.map(([property, value]) => [property, value.replace(/^([\d.]+)px$/, '$1')]))
}

/** Replaces `currentColor` in attributes by a color. */
function withoutCurrentColor(attributes: Attributes, color: string): Attributes {
  const each = Object.entries(attributes).filter(([name]) => name !== 'color')
  return Object.fromEntries(each.map(([name, value]) => [name, value === 'currentColor' ? color : value]))
}

/** Writes every halo as a separate text in the color of the paper, below the one that it surrounds. */
function withHalosBelow(html: string): string {
  return html.replaceAll(texts, (_, given: string, words: string) => {
    const { class: names = '', ...place } = attributesOf(given)
    const own = names.split(' ').filter((name) => name !== 'halo' && name !== '')
    // It must be as bold as the text to be as wide.
    const isBold = lookOf('text', own, palettes.light)['font-weight'] !== undefined
    const below = { class: 'halo below', 'aria-hidden': 'true', ...(isBold ? { 'font-weight': '600' } : {}), ...place }
    const above = own.length > 0 ? { class: own.join(' '), ...place } : place
    return `${writeTag('text', below)}${words}</text>${writeTag('text', above)}${words}</text>`
  })
}

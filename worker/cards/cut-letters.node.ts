/**
 * A build script that extracts glyph outlines for the cards from their typefaces to `dist/letters.json`. A Worker has
 * no fonts, so the text of a card is drawn as outlines, and only these few hundred glyphs are bundled.
 *
 * The typefaces are Source Serif 4 and Source Sans 3, both under the SIL Open Font License 1.1, which allows bundling
 * and embedding.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'

// oxlint-disable-next-line import/default -- In Node the package is CommonJS.
import opentype from 'opentype.js'

const files = {
  serif: import.meta.resolve('@fontsource/source-serif-4/files/source-serif-4-latin-600-normal.woff'),
  sans: import.meta.resolve('@fontsource/source-sans-3/files/source-sans-3-latin-400-normal.woff'),
}
/** The printable ASCII characters and some typographic ones. */
const characters = [
  ...Array.from({ length: 95 }, (_, index) => String.fromCodePoint(32 + index)),
  ...Array.from('–−×±·…’²\u2009\u202f\u00a0'),
]
/** Units per em of both typefaces; coordinates are whole numbers. */
const unitsPerEm = 1000

const faces = Object.fromEntries(
  Object.entries(files).map(([face, file]) => {
    const font = opentype.parse(Uint8Array.from(readFileSync(new URL(file))).buffer)
    if (font.unitsPerEm !== unitsPerEm) throw new Error(`${file} has ${font.unitsPerEm} units`)
    const cut = characters.map((character) => {
      // Of the thin spaces, the typefaces have only the breaking one.
      const drawn = character.replace('\u202f', '\u2009')
      if (!font.hasChar(drawn)) throw new Error(`${file} has no ${character}`)
      const glyph = font.charToGlyph(drawn)
      return [character, [glyph.advanceWidth, outlineOf(glyph)]]
    })
    return [face, Object.fromEntries(cut)]
  }),
)

/**
 * The outline of a glyph as the `d` attribute of a path. (The library's own serializer joins numbers that round to
 * zero.)
 */
function outlineOf(glyph: opentype.Glyph): string {
  return glyph
    .getPath(0, 0, unitsPerEm)
    .commands.map(({ type, ...points }) => {
      const { x1, y1, x2, y2, x, y } = points as Partial<Record<'x1' | 'y1' | 'x2' | 'y2' | 'x' | 'y', number>>
      const numbers = [x1, y1, x2, y2, x, y].flatMap((number) => (number === undefined ? [] : [Math.round(number)]))
      return type + numbers.join(' ').replaceAll(' -', '-')
    })
    .join('')
}

mkdirSync('dist', { recursive: true })
writeFileSync('dist/letters.json', JSON.stringify({ unitsPerEm, ...faces }))

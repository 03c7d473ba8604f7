/**
 * Text as glyph outlines, which needs no fonts and looks the same wherever it is drawn: measuring, line breaking and
 * drawing.
 */

import letters from '#letters.json'

/** The serif typeface is for titles, the sans serif for labels and numbers, as on the pages. */
export type FaceName = 'serif' | 'sans'

interface WordsProps {
  text: string
  /** The position at which the baseline begins, is centered or ends, in pixels. */
  x: number
  y: number
  /** The font size in pixels. */
  size: number
  color: string
  face?: FaceName
  anchor?: 'start' | 'middle' | 'end'
}

const shares = { start: 0, middle: 0.5, end: 1 }

/** Draws one line of text. */
export function Words({ text, x, y, size, color, face = 'sans', anchor = 'start' }: WordsProps) {
  const scale = size / letters.unitsPerEm
  const left = x - shares[anchor] * outlineWidth(text, size, face)
  return (
    <g transform={`translate(${left.toFixed(1)} ${y.toFixed(1)}) scale(${scale})`} fill={color}>
      {outlinesOf(text, face).map(({ begins, outline }) => (
        <path key={begins} transform={`translate(${begins} 0)`} d={outline} />
      ))}
    </g>
  )
}

/** The outlines of a line and their horizontal offsets, in font units. */
function outlinesOf(text: string, face: FaceName): { begins: number; outline: string }[] {
  let begins = 0
  return Array.from(text).flatMap((character) => {
    const [advance, outline] = letterOf(face, character)
    const letter = { begins, outline }
    begins += advance
    return outline ? [letter] : []
  })
}

/** The width of a line in pixels. */
export function outlineWidth(text: string, size: number, face: FaceName): number {
  const units = Array.from(text, (character) => letterOf(face, character)[0]).reduce((sum, advance) => sum + advance, 0)
  return (units * size) / letters.unitsPerEm
}

/** Whether every character of a text has an outline of its own; others are drawn as question marks. */
export function isLettered(text: string): boolean {
  return Array.from(text).every((character) => Object.hasOwn(letters.serif, character))
}

function letterOf(face: FaceName, character: string) {
  return letters[face][character] ?? letters[face]['?']!
}

/** Lines of text, and the font size at which they fit. */
interface Setting {
  lines: readonly string[]
  size: number
}

/**
 * Breaks a text into lines of a width, at the largest size at which they fit.
 *
 * @param choices sizes in descending order, each with the number of lines for which there is space; if no size fits,
 *   the text is truncated
 */
export function setLines(
  text: string,
  width: number,
  face: FaceName,
  choices: readonly { size: number; most: number }[],
): Setting {
  for (const { size, most } of choices)
    // A break after a comma is better than one within a setting.
    for (const gap of [/(?<=,) /, / /]) {
      const lines = breakLines(text.split(gap), width, size, face)
      if (lines.length > most || lines.some((line) => outlineWidth(line, size, face) > width)) continue
      return { lines: balanced(text.split(gap), lines, size, face), size }
    }
  const { size, most } = choices.at(-1)!
  const lines = breakLines(text.split(' '), width, size, face)
  return { lines: [...lines.slice(0, most - 1), cut(lines.slice(most - 1).join(' '), width, size, face)], size }
}

/** Breaks greedily: as many parts on each line as fit. */
function breakLines(parts: readonly string[], width: number, size: number, face: FaceName): string[] {
  const lines: string[] = []
  for (const part of parts) {
    const longer = lines.length ? `${lines.at(-1)} ${part}` : part
    if (lines.length && outlineWidth(longer, size, face) <= width) lines[lines.length - 1] = longer
    else lines.push(part)
  }
  return lines
}

/** Balances the lines: the same number of lines, with similar lengths. */
function balanced(parts: readonly string[], lines: readonly string[], size: number, face: FaceName): readonly string[] {
  const width = 0.95 * Math.max(...lines.map((line) => outlineWidth(line, size, face)))
  const narrower = breakLines(parts, width, size, face)
  const fits = narrower.length === lines.length && narrower.every((line) => outlineWidth(line, size, face) <= width)
  return fits ? balanced(parts, narrower, size, face) : lines
}

/** Truncates a text with an ellipsis so that it fits. */
function cut(text: string, width: number, size: number, face: FaceName): string {
  let end = text.length
  while (end > 0 && outlineWidth(`${text.slice(0, end)}…`, size, face) > width) end--
  return `${text.slice(0, end).trimEnd()}…`
}

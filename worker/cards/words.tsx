/**
 * Words as outlines: where there are no fonts, and the same wherever they are drawn.
 */

import letters from '#letters.json'

/** The serif is for titles, the sans for labels and numbers, as on the pages. */
export type FaceName = 'serif' | 'sans'

interface WordsProps {
  text: string
  /** Where the baseline begins, is centered or ends, in pixels. */
  x: number
  y: number
  /** The size of the letters, in pixels. */
  size: number
  color: string
  face?: FaceName
  anchor?: 'start' | 'middle' | 'end'
}

const shares = { start: 0, middle: 0.5, end: 1 }

/** Draws one line of words. */
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

/** The outlines of a line, and where each begins, in units. */
function outlinesOf(text: string, face: FaceName): { begins: number; outline: string }[] {
  let begins = 0
  return Array.from(text).flatMap((character) => {
    const [advance, outline] = letterOf(face, character)
    const letter = { begins, outline }
    begins += advance
    return outline ? [letter] : []
  })
}

/** How wide a line is, in pixels. */
export function outlineWidth(text: string, size: number, face: FaceName): number {
  const units = Array.from(text, (character) => letterOf(face, character)[0]).reduce((sum, advance) => sum + advance, 0)
  return (units * size) / letters.unitsPerEm
}

/** Whether every character of a text has its own outline; others are drawn as a question mark. */
export function isLettered(text: string): boolean {
  return Array.from(text).every((character) => Object.hasOwn(letters.serif, character))
}

function letterOf(face: FaceName, character: string) {
  return letters[face][character] ?? letters[face]['?']!
}

/** Lines of words, and the size at which they fit. */
interface Setting {
  lines: readonly string[]
  size: number
}

/**
 * Breaks a text into lines of a width, as large as they fit.
 *
 * @param choices sizes, from the largest, each with the lines that there is room for; after the last the text is cut
 */
export function setLines(
  text: string,
  width: number,
  face: FaceName,
  choices: readonly { size: number; most: number }[],
): Setting {
  for (const { size, most } of choices)
    // Better after a comma than within a setting.
    for (const gap of [/(?<=,) /, / /]) {
      const lines = breakLines(text.split(gap), width, size, face)
      if (lines.length > most || lines.some((line) => outlineWidth(line, size, face) > width)) continue
      return { lines: balanced(text.split(gap), lines, size, face), size }
    }
  const { size, most } = choices.at(-1)!
  const lines = breakLines(text.split(' '), width, size, face)
  return { lines: [...lines.slice(0, most - 1), cut(lines.slice(most - 1).join(' '), width, size, face)], size }
}

/** As many parts on each line as fit. */
function breakLines(parts: readonly string[], width: number, size: number, face: FaceName): string[] {
  const lines: string[] = []
  for (const part of parts) {
    const longer = lines.length ? `${lines.at(-1)} ${part}` : part
    if (lines.length && outlineWidth(longer, size, face) <= width) lines[lines.length - 1] = longer
    else lines.push(part)
  }
  return lines
}

/** The same number of lines, about equally long. */
function balanced(parts: readonly string[], lines: readonly string[], size: number, face: FaceName): readonly string[] {
  const width = 0.95 * Math.max(...lines.map((line) => outlineWidth(line, size, face)))
  const narrower = breakLines(parts, width, size, face)
  const fits = narrower.length === lines.length && narrower.every((line) => outlineWidth(line, size, face) <= width)
  return fits ? balanced(parts, narrower, size, face) : lines
}

/** The beginning of a text that fits, with an ellipsis. */
function cut(text: string, width: number, size: number, face: FaceName): string {
  let end = text.length
  while (end > 0 && outlineWidth(`${text.slice(0, end)}…`, size, face) > width) end--
  return `${text.slice(0, end).trimEnd()}…`
}

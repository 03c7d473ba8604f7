/** Estimates text width and wraps lines, because charts are rendered where text cannot be measured. */

/**
 * Character widths in pixels of 13 px sans serif at its widest (DejaVu): a digit, most letters, narrow characters, and
 * a minus sign.
 */
const widths = { digit: 8.3, letter: 7.9, narrow: 4.7, minus: 10.9 }

/** The width of bold text relative to regular text. */
export const boldWidth = 1.1

/** The estimated width of a text in pixels. */
export function textWidth(text: string): number {
  let width = 0
  for (const letter of text)
    width += /\d/.test(letter)
      ? widths.digit
      : /[ .,:;ijltf|()⁰¹²³⁴⁵⁶⁷⁸⁹⁻]/.test(letter)
        ? widths.narrow
        : letter === '\u2212'
          ? widths.minus
          : widths.letter
  return width
}

/** Joins pieces by spaces into as few lines as possible. A piece is broken between its words only if it is wider than a line. */
export function wrapped(pieces: readonly string[], width: number): string[] {
  const lines: string[] = []
  for (const piece of pieces.flatMap((whole) => (textWidth(whole) > width ? whole.split(' ') : [whole]))) {
    const longer = lines.length ? `${lines.at(-1)} ${piece}` : piece
    if (lines.length && textWidth(longer) <= width) lines[lines.length - 1] = longer
    else lines.push(piece)
  }
  return lines
}

/** A text without its last letters, and with an ellipsis in their place, if it is wider than a width. */
export function shortened(text: string, width: number): string {
  if (textWidth(text) <= width) return text
  const letters = Array.from(text)
  while (letters.length > 1 && textWidth(`${letters.join('')}…`) > width) letters.pop()
  return `${letters.join('').trimEnd()}…`
}

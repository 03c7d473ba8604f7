/**
 * How wide text is, and what fits: charts are drawn where nothing can be measured.
 */

/** The width of 13 px sans where it is widest (DejaVu), in pixels: a digit, most letters, and narrow signs. */
const widths = { digit: 8.3, letter: 7.9, narrow: 4.7 }

/** An estimate of a text's width, in pixels. */
export function textWidth(text: string): number {
  let width = 0
  for (const letter of text)
    width += /\d/.test(letter)
      ? widths.digit
      : /[ .,:;ijltf|()⁰¹²³⁴⁵⁶⁷⁸⁹⁻]/.test(letter)
        ? widths.narrow
        : widths.letter
  return width
}

/** Pieces joined by a blank to as few lines as hold them. */
export function wrapped(pieces: readonly string[], width: number): string[] {
  const lines: string[] = []
  for (const piece of pieces) {
    const longer = lines.length ? `${lines.at(-1)} ${piece}` : piece
    if (lines.length && textWidth(longer) <= width) lines[lines.length - 1] = longer
    else lines.push(piece)
  }
  return lines
}

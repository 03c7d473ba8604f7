/**
 * The layout of legend entries: in one row, with shortened names if the row is too short, and otherwise in as many rows
 * as they need.
 */

/** The estimated width of a letter, and of a mark with the space around it, in pixels. */
const estimate = { letter: 7, mark: 32 }
/** The distance between two rows, in pixels. */
export const keyRow = 18

/** The start of each name in a row, and the end of the row. */
function positionsOf(names: readonly string[]): number[] {
  const ends = [0]
  for (const name of names) ends.push(ends.at(-1)! + name.length * estimate.letter + estimate.mark)
  return ends
}

/** Removes the words that all names begin with, and those that all end with. */
export function withoutCommonWords(names: readonly string[]): string[] {
  const words = names.map((name) => name.split(' '))
  const isCommon = (at: number) => words.every((one) => one.length > 1 && one.at(at) === words[0]!.at(at))
  while (isCommon(0)) for (const one of words) one.shift()
  while (isCommon(-1)) for (const one of words) one.pop()
  return words.map((one) => one.join(' '))
}

/** The names, increasingly shortened: `class 0, class 1`, then `class 0, 1`, then `0, 1`. */
function shortenings(names: readonly string[]): (readonly string[])[] {
  const short = withoutCommonWords(names)
  return [names, [names[0] ?? '', ...short.slice(1)], short]
}

/** The longest name of each column, if names are in rows of so many columns. */
function widestByColumn(names: readonly string[], columns: number): string[] {
  return names.slice(0, columns).map((_, column) => {
    const below = names.filter((__, index) => index % columns === column)
    return below.reduce((longest, name) => (name.length > longest.length ? name : longest))
  })
}

/** The names, shortened as necessary, with their positions. */
export interface KeyLayout {
  rows: number
  /** Whether the names have the width that they need. */
  isFitting: boolean
  names: { name: string; x: number; row: number }[]
}

/**
 * Lays out a legend.
 *
 * @param mostRows the most rows; names that still do not fit are squeezed
 */
export function layoutKey(names: readonly string[], width: number, mostRows = 1): KeyLayout {
  const choices = shortenings(names)
  /** The choice, if any, whose names fit in so many columns. */
  const fittingIn = (columns: number) =>
    choices.find((choice) => positionsOf(widestByColumn(choice, columns)).at(-1)! <= width)
  let rows = 1
  while (rows < mostRows && !fittingIn(Math.ceil(names.length / rows))) rows++
  const columns = Math.ceil(names.length / rows)
  const fitting = fittingIn(columns)
  const shown = fitting ?? choices.at(-1)!
  const positions = positionsOf(widestByColumn(shown, columns))
  const squeeze = Math.min(1, width / positions.at(-1)!)
  return {
    rows: Math.ceil(names.length / columns),
    isFitting: fitting !== undefined,
    names: shown.map((name, index) => ({
      name,
      x: positions[index % columns]! * squeeze,
      row: Math.floor(index / columns),
    })),
  }
}

/**
 * Where the names of a key stand: in one row, in fewer words where the row is short, and at last in two.
 */

/** Width of a letter, and of a mark with the room around it, in pixels, as estimates. */
const room = { letter: 7, mark: 32 }
/** A row of the key is so far below the one before. */
export const keyRow = 18

/** Where each name of a row begins, and where the row ends. */
function positionsOf(names: readonly string[]): number[] {
  const ends = [0]
  for (const name of names) ends.push(ends.at(-1)! + name.length * room.letter + room.mark)
  return ends
}

/** What tells names apart: without the words that all begin with, and those that all end with. */
function apart(names: readonly string[]): string[] {
  const words = names.map((name) => name.split(' '))
  const isCommon = (at: number) => words.every((one) => one.length > 1 && one.at(at) === words[0]!.at(at))
  while (isCommon(0)) for (const one of words) one.shift()
  while (isCommon(-1)) for (const one of words) one.pop()
  return words.map((one) => one.join(' '))
}

/** The same names in fewer words each time: `class 0, class 1`, then `class 0, 1`, then `0, 1`. */
function shortenings(names: readonly string[]): (readonly string[])[] {
  const short = apart(names)
  return [names, [names[0] ?? '', ...short.slice(1)], short]
}

/** The names as long as rows of a width hold them, each at its place. */
export interface KeyLayout {
  rows: number
  names: { name: string; x: number; row: number }[]
}

/**
 * Lays out a key.
 *
 * @param mostRows two where the key may grow; names that one row cannot hold are squeezed otherwise
 */
export function layoutKey(names: readonly string[], width: number, mostRows: 1 | 2 = 1): KeyLayout {
  const choices = shortenings(names)
  const fits = (choice: readonly string[]) => positionsOf(choice).at(-1)! <= width
  const inOne = choices.find(fits)
  const rows = inOne ? 1 : mostRows
  const columns = Math.ceil(names.length / rows)
  // Names stand below each other: the first row says where.
  const shown = inOne ?? choices.find((choice) => fits(choice.slice(0, columns))) ?? choices.at(-1)!
  const positions = positionsOf(shown.slice(0, columns))
  const squeeze = Math.min(1, width / positions.at(-1)!)
  return {
    rows,
    names: shown.map((name, index) => ({
      name,
      x: positions[index % columns]! * squeeze,
      row: Math.floor(index / columns),
    })),
  }
}

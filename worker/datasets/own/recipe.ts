/**
 * How a visitor's file became a table: what a program needs to read the same file in the same way. It contains names and
 * choices, and no values of the table.
 */

/** A column of the file that is an input, or several. */
export interface RecipeFeature {
  /** The number of the column, from 0. */
  at: number
  name: string
  kind: 'number' | 'boolean' | 'date' | 'category'
  /** Of a category: its values, each an input of its own, in the order of the inputs. */
  values?: readonly string[]
}

export interface Recipe {
  /** The name of the file. */
  file: string
  encoding: string
  delimiter: string
  hasDecimalComma: boolean
  hasHeader: boolean
  features: readonly RecipeFeature[]
  label: {
    at: number
    name: string
    classNames: readonly string[]
    /** Of a numeric label: a class ends below each of these. */
    cuts?: readonly number[]
  }
  /** What is done where a feature has no value: its row is left out, or the mean of the column takes its place. */
  missing: 'drop' | 'mean'
  /** The most rows; of more, as many are taken at equal distances. */
  mostRows: number
}

/** Texts that stand for no value, in lower case. */
export const missingTexts: readonly string[] = [
  '',
  '-',
  '?',
  'na',
  'n/a',
  '#n/a',
  '<na>',
  'nan',
  'null',
  'none',
  'nil',
  'inf',
  '-inf',
  'undefined',
]

/** Texts that stand for true and false, in lower case. */
export const booleans: Readonly<Record<string, number>> = { true: 1, yes: 1, false: 0, no: 0 }

/** The names of the classes that cut points make of a numeric label, from the lowest. */
export function classNamesOfCuts(cuts: readonly number[]): string[] {
  return [
    `below ${cuts[0]}`,
    ...cuts.slice(1).map((cut, index) => `${cuts[index]} to ${cut}`),
    `${cuts.at(-1)} and more`,
  ]
}

/** What the columns of a file hold, guessed from their cells: numbers, booleans, dates or categories, and which is the label. */
import { wholeNumber } from '#charts/text/format.ts'
import type { RecipeFeature } from '#datasets/own/recipe.ts'

import { isFormula, quoted } from '../logs/cells.ts'
import { booleanOf, dateOf, isMissing, numberOf } from './cell-values.ts'
import type { TableText } from './read-file.ts'

export type ColumnKind = RecipeFeature['kind']

/** A column of a file. */
export interface TableColumn {
  at: number
  name: string
  /** What its cells are read as. */
  kind: ColumnKind
  /** How many different values it has, missing ones aside. */
  distinct: number
  /** How many cells have no value. */
  missing: number
  /** Why it should rather not be a feature; undefined where it can. */
  unfit?: string
}

/** The most inputs, classes and rows that train. */
export const most = { inputs: 64, classes: 10, rows: 5000 }
/** The share of the cells with a value that must be of a kind; the others count as missing, and are named. */
const leastShare = 0.95

/** The value of a cell as a number, by the kind of its column; NaN where it has none. Categories have no numbers. */
export const valueOfKind: Readonly<
  Record<Exclude<ColumnKind, 'category'>, (cell: string, hasDecimalComma: boolean) => number>
> = {
  number: numberOf,
  boolean: (cell) => booleanOf(cell),
  date: (cell) => dateOf(cell),
}

/** Whether a cell has a value: a formula of a spreadsheet has none in the file. */
export const hasValue = (cell: string): boolean => !isMissing(cell) && !isFormula(cell)

/** The columns of a file with what they hold. */
export function tableColumnsOf(table: TableText): TableColumn[] {
  return table.names.map((name, at) => {
    const cells = table.rows.map((row) => row[at]!).filter(hasValue)
    const distinct = new Set(cells).size
    const kind = kindOf(cells, table.hasDecimalComma)
    return { at, name, kind, distinct, missing: table.rows.length - cells.length, ...unfitness(kind, distinct, cells) }
  })
}

function kindOf(cells: readonly string[], hasDecimalComma: boolean): ColumnKind {
  const kinds = Object.keys(valueOfKind) as (keyof typeof valueOfKind)[]
  const isKind = (kind: keyof typeof valueOfKind) =>
    cells.filter((cell) => !Number.isNaN(valueOfKind[kind](cell, hasDecimalComma))).length >= leastShare * cells.length
  return (cells.length > 0 && kinds.find(isKind)) || 'category'
}

function unfitness(kind: ColumnKind, distinct: number, cells: readonly string[]): Pick<TableColumn, 'unfit'> {
  if (distinct === 0) return { unfit: 'has no value in any row' }
  if (distinct === 1) return { unfit: 'has the same value in every row' }
  if (kind === 'category' && (distinct > most.inputs || (distinct > 12 && distinct > cells.length / 3)))
    return { unfit: `has ${wholeNumber(distinct)} different texts` }
  return {}
}

/** What label columns are often called. */
const labelNames = /^(?:label|class|target|y|species|category|outcome|diagnosis|survived|result)s?$/i

/** The column that is probably the label: one of that name, or the last with two to ten values. */
export function guessLabel(columns: readonly TableColumn[]): number {
  const canBe = columns.filter(({ distinct }) => distinct >= 2 && distinct <= most.classes)
  const named = (among: readonly TableColumn[]) => among.find(({ name }) => labelNames.test(name))
  const texts = canBe.filter(({ kind }) => kind === 'category')
  return (
    (
      named(columns.filter((one) => canBe.includes(one) || one.kind === 'category')) ??
      texts.at(-1) ??
      canBe.at(-1) ??
      named(columns) ??
      columns.at(-1)
    )?.at ?? 0
  )
}

/** Formulas and cells of another kind than their column, which have no value, in sentences. */
export function oddCells(table: TableText, columns: readonly TableColumn[]): string[] {
  return columns.flatMap(({ at, name, kind }) => {
    const formula = table.rows.findIndex((row) => isFormula(row[at]!))
    const odd =
      kind === 'category'
        ? -1
        : table.rows.findIndex(
            (row) => hasValue(row[at]!) && Number.isNaN(valueOfKind[kind](row[at]!, table.hasDecimalComma)),
          )
    const where = (row: number) => `Line ${wholeNumber(table.lines[row]!)}, column ${quoted(name)}:`
    return [
      ...(formula >= 0
        ? [
            `${where(formula)} ${quoted(table.rows[formula]![at]!)} is a formula, whose value is not in the file. It counts as missing.`,
          ]
        : []),
      ...(odd >= 0 ? [`${where(odd)} ${quoted(table.rows[odd]![at]!)} is no ${kind}. It counts as missing.`] : []),
    ]
  })
}

/**
 * Turns the rows of a file into a table to train on, by the visitor's choices: label and features, what is done where a
 * value is missing, cut points of a numeric label. What is left out is said.
 */
import Papa from 'papaparse'

import { wholeNumber } from '#charts/text/format.ts'
import { classNamesOfCuts, type Recipe, type RecipeFeature } from '#datasets/own/recipe.ts'
import type { DataTable } from '#datasets/table-file.ts'
import { sha256 } from '#experiment/sha256.ts'

import { quoted } from '../logs/cells.ts'
import { hasValue, most, valueOfKind, type TableColumn } from './columns.ts'
import type { TableText } from './read-file.ts'

/** What the visitor chooses. */
export interface Choices {
  /** The column of the label. */
  label: number
  /** The columns of the features. */
  features: readonly number[]
  missing: Recipe['missing']
  /** Where classes of a numeric label end, in ascending order; empty where its values are the classes. */
  cuts: readonly number[]
}

/** A table that can be trained on. */
export interface PreparedTable {
  table: DataTable
  labelName: string
  recipe: Recipe
  /** What was taken, and what was left out and why, in sentences. */
  remarks: readonly string[]
}

/** The fewest rows that train. */
const fewest = 10

/**
 * The table of a file by some choices, or the sentence that says why there is none.
 *
 * @param columns of the file, with their kinds as chosen
 */
export function prepareTable(
  text: TableText,
  columns: readonly TableColumn[],
  choices: Choices,
): PreparedTable | { problem: string } {
  const { rows, hasDecimalComma } = text
  const label = columns[choices.label]
  if (!label) return { problem: 'Choose the column of the label.' }
  const remarks: string[] = []
  const classes = classesOf(text, label, choices.cuts, remarks)
  if ('problem' in classes) return classes
  const { classNames, classOf } = classes
  const features = featuresOf(text, columns, choices, remarks)
  if (features.length === 0) return { problem: 'Choose at least one feature that has two different values.' }
  // What each row is for the network: NaN where it has no value.
  let chosen = rows.flatMap((row) => {
    const name = classOf(row[label.at]!)
    return name === undefined
      ? []
      : [{ name, inputs: features.flatMap((one) => inputsOf(one, row, choices.missing, hasDecimalComma)) }]
  })
  const unlabeled = rows.length - chosen.length
  if (unlabeled)
    remarks.push(`${rowsInWords(unlabeled)} left out, which ${unlabeled === 1 ? 'has' : 'have'} no such label.`)
  if (choices.missing === 'drop') {
    const whole = chosen.filter(({ inputs }) => !inputs.some(Number.isNaN))
    const partial = chosen.length - whole.length
    if (partial) remarks.push(`${rowsInWords(partial)} left out, in which a feature is missing.`)
    chosen = whole
  }
  if (chosen.length > most.rows) {
    remarks.push(`Of ${wholeNumber(chosen.length)} rows ${wholeNumber(most.rows)} are taken, at equal distances.`)
    const { length } = chosen
    chosen = Array.from({ length: most.rows }, (_, index) => chosen[Math.floor((index * length) / most.rows)]!)
  }
  if (chosen.length < fewest)
    return {
      problem: `${rowsInWords(chosen.length)} left, and it takes at least ${fewest} to train. ${remarks.join(' ')}`,
    }
  const present = classNames.filter((name) => chosen.some((row) => row.name === name))
  if (present.length < 2)
    return {
      problem: `The label ${quoted(label.name)} has one class in the rows that are left, ${quoted(present[0] ?? '')}: there is nothing to tell apart.`,
    }
  if (choices.missing === 'mean') fillMeans(chosen, features, remarks)
  const sorted = [...present].sort()
  const width = chosen[0]!.inputs.length
  const coordinates = new Float64Array(chosen.length * width)
  chosen.forEach(({ inputs }, row) => coordinates.set(inputs, row * width))
  const index = new Map(sorted.map((name, at) => [name, at]))
  return {
    table: {
      coordinates,
      labels: Uint8Array.from(chosen, ({ name }) => index.get(name)!),
      featureNames: features.flatMap(({ name, values }) => values?.map((value) => `${name}=${value}`) ?? [name]),
      classNames: sorted,
    },
    labelName: label.name,
    recipe: {
      file: text.file,
      encoding: text.encoding,
      delimiter: text.delimiter,
      hasDecimalComma,
      hasHeader: text.hasHeader,
      features,
      label: {
        at: label.at,
        name: label.name,
        classNames: sorted,
        ...(choices.cuts.length ? { cuts: choices.cuts } : {}),
      },
      missing: choices.missing,
      mostRows: most.rows,
    },
    remarks,
  }
}

/** `One row is`, `12 rows are` */
const rowsInWords = (count: number) => (count === 1 ? 'One row is' : `${count ? wholeNumber(count) : 'No'} rows are`)

interface Classes {
  classNames: readonly string[]
  /** The class of a cell; undefined where it has none. */
  classOf: (cell: string) => string | undefined
}

/** The classes of a label: its values, of which the most frequent are taken, or what lies between cut points. */
function classesOf(
  { rows, hasDecimalComma }: TableText,
  { at, name, kind, distinct }: TableColumn,
  cuts: readonly number[],
  remarks: string[],
): Classes | { problem: string } {
  if (cuts.length) {
    const classNames = classNamesOfCuts(cuts)
    const classOf = (cell: string) => {
      const value = hasValue(cell) && kind === 'number' ? valueOfKind.number(cell, hasDecimalComma) : NaN
      return Number.isNaN(value) ? undefined : classNames[cuts.filter((cut) => value >= cut).length]
    }
    return { classNames, classOf }
  }
  if (distinct < 2)
    return {
      problem: `The label ${quoted(name)} has ${distinct ? 'one class' : 'no value'}: there is nothing to tell apart.`,
    }
  if (kind === 'number' && distinct > most.classes)
    return {
      problem: `The label ${quoted(name)} has ${wholeNumber(distinct)} different numbers, and at most ${most.classes} classes train. Say where to cut it into classes, or choose another label.`,
    }
  const counts = new Map<string, number>()
  for (const row of rows) if (hasValue(row[at]!)) counts.set(row[at]!, (counts.get(row[at]!) ?? 0) + 1)
  const byCount = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([value]) => value)
  const taken = new Set(byCount.slice(0, most.classes))
  if (counts.size > most.classes)
    remarks.push(
      `The label ${quoted(name)} has ${wholeNumber(counts.size)} classes: the ${most.classes} most frequent are taken.`,
    )
  return { classNames: [...taken], classOf: (cell) => (taken.has(cell) ? cell : undefined) }
}

/** The features that are taken, each with its kind: one-hot for categories. */
function featuresOf(
  { rows }: TableText,
  columns: readonly TableColumn[],
  { features, label }: Choices,
  remarks: string[],
): RecipeFeature[] {
  const taken: RecipeFeature[] = []
  const tooMany: string[] = []
  let inputs = 0
  for (const at of features) {
    const column = columns[at]
    if (!column || at === label || column.distinct === 0) continue
    const { name, kind } = column
    const values = kind === 'category' ? [...new Set(rows.map((row) => row[at]!).filter(hasValue))].sort() : undefined
    const own = values?.length ?? 1
    if (inputs + own > most.inputs)
      tooMany.push(own > 1 ? `${quoted(name)} (${wholeNumber(own)} inputs)` : quoted(name))
    else {
      taken.push({ at, name, kind, ...(values ? { values } : {}) })
      inputs += own
    }
  }
  if (tooMany.length)
    remarks.push(
      `A network here has at most ${most.inputs} inputs: ${tooMany.slice(0, 3).join(', ')}${tooMany.length > 3 ? ` and ${wholeNumber(tooMany.length - 3)} more columns` : ''} left out.`,
    )
  return taken
}

/** The inputs of a row by a feature. Where rows are kept that lack a category, it is 0 in all of its inputs. */
function inputsOf(
  { at, kind, values }: RecipeFeature,
  row: readonly string[],
  missing: Recipe['missing'],
  hasDecimalComma: boolean,
): number[] {
  const cell = row[at]!
  const isThere = hasValue(cell)
  if (kind === 'category')
    return values!.map((value) => (isThere ? Number(cell === value) : missing === 'drop' ? NaN : 0))
  return [isThere ? valueOfKind[kind](cell, hasDecimalComma) : NaN]
}

/** Fills missing values by the mean of their column over the rows that are taken. */
function fillMeans(rows: readonly { inputs: number[] }[], features: readonly RecipeFeature[], remarks: string[]): void {
  const width = rows[0]!.inputs.length
  const names = features.flatMap(({ name, values }) => values?.map(() => name) ?? [name])
  const filled: string[] = []
  for (let input = 0; input < width; input++) {
    const known = rows.map(({ inputs }) => inputs[input]!).filter((value) => !Number.isNaN(value))
    if (known.length === rows.length) continue
    const mean = known.length ? known.reduce((sum, value) => sum + value, 0) / known.length : 0
    for (const { inputs } of rows) if (Number.isNaN(inputs[input])) inputs[input] = mean
    filled.push(`${quoted(names[input]!)} (${wholeNumber(rows.length - known.length)})`)
  }
  if (filled.length) remarks.push(`Missing values are filled with the mean of their column: ${filled.join(', ')}.`)
}

/** The canonical text of a table: what its digest is of. */
export function canonicalText({ table, labelName }: Pick<PreparedTable, 'table' | 'labelName'>): string {
  const { coordinates, labels, featureNames, classNames } = table
  const width = featureNames.length
  const lines = Array.from(labels, (label, row) => {
    // A text of −0 is 0.
    const values = Array.from(coordinates.subarray(row * width, (row + 1) * width), String)
    return [...values, cell(classNames[label]!)].join(',')
  })
  return `${[...featureNames, labelName].map(cell).join(',')}\n${lines.join('\n')}\n`
}

const cell = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** The digest by which links name a table: the first 16 hex digits of the SHA-256 of its canonical text. */
export async function tableDigest(canonical: string): Promise<string> {
  return (await sha256(new TextEncoder().encode(canonical))).slice(0, 16)
}

/** The table of a canonical text; undefined if it is none. */
export function tableOfCanonical(canonical: string): Pick<PreparedTable, 'table' | 'labelName'> | undefined {
  const [header = [], ...rows] = Papa.parse<string[]>(canonical, {
    delimiter: ',',
    newline: '\n',
    skipEmptyLines: true,
  }).data
  const width = header.length - 1
  const labels = rows.map((row) => row[width] ?? '')
  const classNames = [...new Set(labels)].sort()
  const coordinates = Float64Array.from(rows.flatMap((row) => row.slice(0, width).map(Number)))
  const isTable =
    rows.every(({ length }) => length === width + 1) &&
    coordinates.every(Number.isFinite) &&
    isWithin(width, 1, most.inputs) &&
    isWithin(classNames.length, 2, most.classes) &&
    isWithin(rows.length, fewest, most.rows)
  if (!isTable) return undefined
  return {
    table: {
      coordinates,
      labels: Uint8Array.from(labels, (name) => classNames.indexOf(name)),
      featureNames: header.slice(0, width),
      classNames,
    },
    labelName: header[width]!,
  }
}

const isWithin = (count: number, least: number, atMost: number) => count >= least && count <= atMost

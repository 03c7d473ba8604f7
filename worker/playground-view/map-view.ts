/**
 * The part of the playground's address that says which map it shows: `vary=batchSize,learningRate&color=instability`, with
 * the test accuracy that counts epochs (`target`), the runs of each cell (`mapSeeds`), and the values of an axis where
 * they are not the usual ones: `columns=4_64_5_log` or `rows=0.001_0.1_5_log`, from, to, how many and their spacing.
 */
import type { View } from '#charts/view.ts'
import { mapColors, type MapColor } from '#experiment/result/map-run.ts'
import type { FieldError } from '#experiment/spec/errors.ts'
import { choice, real } from '#experiment/spec/fields.ts'
import { specFields, type SpecField } from '#experiment/spec/spec.ts'
import { rangeLimits, rangeScales, type VariedRange, type VariedRanges } from '#experiment/spec/varied-range.ts'
import { canVary, mostCells, variableFields } from '#experiment/spec/varied-values.ts'

/** How many runs each cell may have. */
export const mapSeedChoices = ['1', '3', '10', '30'] as const

/** The keys of the address besides `vary`. */
export const mapKeys = {
  color: choice('color of the map', mapColors),
  target: real('test accuracy to reach', 0.01, 1),
  mapSeeds: choice('seeds of the map', mapSeedChoices),
}

/** Which map is shown, and how. */
export interface MapView {
  /** The fields that vary, at most two: those of the columns and of the rows. */
  vary: readonly SpecField[]
  /** The values of fields that vary over a range that the reader chose. */
  ranges: VariedRanges
  color: MapColor
  /** The test accuracy that counts the epochs. */
  target: number
  seeds: number
}

/** The map of an address that says nothing of it: none. Ten seeds tell which cells are as good as the best. */
export const defaultMap: MapView = { vary: [], ranges: {}, color: 'accuracy', target: 0.8, seeds: 10 }

/** What the Worker's picture of a map shows, by color. It has no churn and knows one target. */
export const mapPictureValues = {
  accuracy: 'testAccuracy',
  instability: 'instability',
  churn: 'instability',
  epochs: 'epochsTo80',
  loss: 'testLoss',
} as const satisfies Record<MapColor, View['value']>

/** The most fields that can vary. */
const mostVaried = 2

/** Parses the fields that vary. Unknown, locked and further ones are reported and ignored. */
export function readVary(query: URLSearchParams, lock: readonly SpecField[], leftOut: FieldError[]): SpecField[] {
  const names = (query.get('vary') ?? '').split(',').filter(Boolean)
  const report = (value: string, expected: string) => void leftOut.push({ field: 'vary', value, expected })
  const fields: SpecField[] = []
  for (const name of new Set(names)) {
    if (!isField(name) || !canVary(name)) report(name, `a numeric setting, one of ${variableFields.join(', ')}`)
    else if (lock.includes(name)) report(name, 'a setting that is not locked')
    else if (fields.length === mostVaried) report(name, `one of at most ${mostVaried} settings`)
    else fields.push(name)
  }
  return fields
}

/** The keys of the ranges, by axis: the first field that varies is that of the columns. */
export const rangeKeys = ['columns', 'rows'] as const
/** The numbers of a range, as texts. */
export type RangeTexts = Readonly<Record<keyof VariedRange, string>>

/** Parses the ranges of the fields that vary. Those that cannot be read are reported and ignored. */
export function readRanges(query: URLSearchParams, vary: readonly SpecField[], leftOut: FieldError[]): VariedRanges {
  const ranges: Partial<Record<SpecField, VariedRange>> = {}
  rangeKeys.forEach((key, axis) => {
    const value = query.get(key)
    const field = vary[axis]
    if (value === null) return
    const [from = '', to = '', count = '', scale = '', ...more] = value.split('_')
    const range = field && more.length === 0 ? readRange(field, key, { from, to, count, scale }) : undefined
    if (field && typeof range === 'object') ranges[field] = range
    else {
      const why = typeof range === 'string' ? `: ${range.replace(/\.$/, '')}` : ''
      const expected = field ? `a range such as 1_100_5_log${why}` : 'the range of a setting that varies'
      leftOut.push({ field: key, value, expected })
    }
  })
  return ranges
}

/** Parses a range of a field; a sentence about the first of its parts that cannot be used. */
export function readRange(field: SpecField, axis: (typeof rangeKeys)[number], texts: RangeTexts): VariedRange | string {
  const { least, most, isWhole } = rangeLimits(field)
  const numbers = isWhole ? 'whole numbers' : 'numbers'
  const bounds = most === Infinity ? `${numbers} from ${least} on` : `${numbers} from ${least} to ${most}`
  const [from, to, count] = [texts.from, texts.to, texts.count].map((text) => (text.trim() === '' ? NaN : Number(text)))
  for (const [name, value, text] of [
    ['from', from!, texts.from],
    ['to', to!, texts.to],
  ] as const)
    if (!(value >= least && value <= most) || !Number.isFinite(value) || (isWhole && !Number.isInteger(value)))
      return `“${shortened(text)}” cannot be used for ${name}. Allowed: ${bounds}.`
  if (!(from! < to!)) return `The range must ascend, and ${from} is not below ${to}.`
  const mostValues = mostCells[axis]
  if (!Number.isInteger(count) || count! < 2 || count! > mostValues)
    return `“${shortened(texts.count)}” cannot be used for values. Allowed: a whole number from 2 to ${mostValues}.`
  const scale = rangeScales.find((one) => one === texts.scale)
  if (!scale) return `“${shortened(texts.scale)}” cannot be used for the spacing. Allowed: ${rangeScales.join(' or ')}.`
  if (scale === 'log' && from! <= 0) return `A logarithmic range begins above 0, and from is ${from}.`
  return { from: sixDigits(from!), to: sixDigits(to!), count: count!, scale }
}

/** A number as specs have it. */
const sixDigits = (value: number) => (Number.isInteger(value) ? value : Number(value.toPrecision(6)))
const shortened = (text: string) => (text.length > 40 ? `${text.slice(0, 40)}…` : text)

const isField = (name: string): name is SpecField => Object.hasOwn(specFields, name)

/** The map with one field more: the third takes the place of the second. A field that varies already no longer does. */
export function withVaried(map: MapView, field: SpecField): MapView {
  const { vary } = map
  if (vary.includes(field)) return { ...map, vary: vary.filter((one) => one !== field) }
  return { ...map, vary: [...vary.slice(0, mostVaried - 1), field] }
}

/** The query of a map, without default values. */
export function mapQuery({ vary, ranges, color, target, seeds }: MapView): [key: string, value: string][] {
  const pairs: [string, string, boolean][] = [
    ['vary', vary.join(','), vary.length > 0],
    ...rangeKeys.map((key, axis): [string, string, boolean] => {
      const range = vary[axis] && ranges[vary[axis]]
      return [key, range ? [range.from, range.to, range.count, range.scale].join('_') : '', range !== undefined]
    }),
    ['color', color, color !== defaultMap.color],
    ['target', String(target), target !== defaultMap.target],
    ['mapSeeds', String(seeds), seeds !== defaultMap.seeds],
  ]
  return pairs.flatMap(([key, value, isChanged]) => (isChanged ? [[key, value]] : []))
}

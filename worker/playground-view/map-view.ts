/**
 * The part of the playground's address that says which map it shows: `vary=batchSize,learningRate&color=instability`, with
 * the test accuracy that counts epochs (`target`) and the runs of each cell (`mapSeeds`).
 */
import type { View } from '#charts/view.ts'
import { mapColors, type MapColor } from '#experiment/result/map-run.ts'
import type { FieldError } from '#experiment/spec/errors.ts'
import { choice, real } from '#experiment/spec/fields.ts'
import { specFields, type SpecField } from '#experiment/spec/spec.ts'
import { canVary, variableFields } from '#experiment/spec/varied-values.ts'

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
  color: MapColor
  /** The test accuracy that counts the epochs. */
  target: number
  seeds: number
}

/** The map of an address that says nothing of it: none. Ten seeds tell which cells are as good as the best. */
export const defaultMap: MapView = { vary: [], color: 'accuracy', target: 0.8, seeds: 10 }

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

const isField = (name: string): name is SpecField => Object.hasOwn(specFields, name)

/** The map with one field more: the third takes the place of the second. A field that varies already no longer does. */
export function withVaried(map: MapView, field: SpecField): MapView {
  const { vary } = map
  if (vary.includes(field)) return { ...map, vary: vary.filter((one) => one !== field) }
  return { ...map, vary: [...vary.slice(0, mostVaried - 1), field] }
}

/** The query of a map, without default values. */
export function mapQuery({ vary, color, target, seeds }: MapView): [key: string, value: string][] {
  const pairs: [string, string, boolean][] = [
    ['vary', vary.join(','), vary.length > 0],
    ['color', color, color !== defaultMap.color],
    ['target', String(target), target !== defaultMap.target],
    ['mapSeeds', String(seeds), seeds !== defaultMap.seeds],
  ]
  return pairs.flatMap(([key, value, isChanged]) => (isChanged ? [[key, value]] : []))
}

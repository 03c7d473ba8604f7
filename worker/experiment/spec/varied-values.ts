/**
 * The values of a setting that a map goes through, the experiments of its cells, and the order in which they are trained.
 *
 * The values do not depend on the present value of a setting that varies, so that a link opens the same map after another
 * cell was chosen. They do depend on the other settings: a value that contradicts them is left out.
 */
import { controlOf, controlRange, controls, marksOf, type Control, type Stop } from './controls.ts'
import { InvalidQuery } from './errors.ts'
import { specQuery } from './spec-query.ts'
import { completeSpec, type ExperimentSpec, type PartialSpec, type SpecField } from './spec.ts'
import { rangeValues, type VariedRanges } from './varied-range.ts'

/** The most columns and rows of a map. */
export const mostCells = { columns: 12, rows: 8 } as const

/** The values of fields whose marked values are too few, too many or too far apart for a map. */
const chosenValues: Partial<Record<SpecField, readonly number[]>> = {
  learningRate: [0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1],
  momentum: [0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99],
  warmup: [0, 1, 2, 5, 10, 20, 50, 100],
  weightDecay: [0, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3],
}

/** Numbers that are not amounts: the seeds. Every cell has the same ones, which makes its runs comparable. */
const seedFields: ReadonlySet<SpecField> = new Set(['seed', 'seeds', 'datasetSeed'])

/** Whether a field is a number that can vary in a map. */
export function canVary(field: SpecField): boolean {
  const { kind } = controlOf(field).allowed
  return (kind === 'whole' || kind === 'real' || kind === 'wholeOr') && !seedFields.has(field)
}

/** The fields that can vary in a map, in the order of the settings. */
export const variableFields: readonly SpecField[] = controls.map(({ field }) => field).filter(canVary)

/** The nice values of a field, most of which its other settings may allow: ascending, with `full` last. */
function niceValues(control: Control, spec: ExperimentSpec): readonly Stop[] {
  const { field, allowed, scale } = control
  const chosen = chosenValues[field]
  if (chosen) return chosen
  if (scale !== 'linear') return marksOf(control, spec)
  const [least, most] = controlRange(control, spec)
  return evenValues(least, most, allowed.kind === 'whole')
}

/** Values from the least to the most, at most as many as a map has columns, in the smallest step of 1, 2 or 5. */
function evenValues(least: number, most: number, areWhole: boolean): number[] {
  const room = (most - least) / (mostCells.columns - 1)
  if (!(room > 0)) return [least]
  const steps = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10]
  const step = steps.find((one) => one >= room * 0.999 && (!areWhole || one >= 1)) ?? room
  const count = Math.floor((most - least) / step + 0.001)
  return Array.from({ length: count + 1 }, (_, index) => Number((least + index * step).toPrecision(6)))
}

/** At most so many of some values, spread evenly over them, with the first and the last. */
function thinned<Value>(values: readonly Value[], most: number): Value[] {
  if (values.length <= most) return [...values]
  return Array.from({ length: most }, (_, index) => values[Math.round((index * (values.length - 1)) / (most - 1))]!)
}

/**
 * A spec with some fields set. Settings at their default go on following it.
 *
 * @returns undefined if the values contradict the others
 */
export function specWith(spec: ExperimentSpec, changes: PartialSpec): ExperimentSpec | undefined {
  return complete({ ...givenFields(spec), ...changes })
}

/** The fields in which a spec differs from its defaults. */
function givenFields(spec: ExperimentSpec): PartialSpec {
  return Object.fromEntries(Array.from(specQuery(spec).keys(), (field) => [field, spec[field as SpecField]]))
}

/** The complete spec; undefined if the values contradict each other. */
function complete(given: PartialSpec): ExperimentSpec | undefined {
  try {
    return completeSpec(given)
  } catch (error) {
    if (error instanceof InvalidQuery) return undefined
    throw error
  }
}

interface VariedOptions {
  /** How many values there may be; by default as many as a map has columns. */
  most?: number
  /** The field that varies as well: a value that goes with any of its values is among them. */
  other?: SpecField | undefined
  /** Ranges that a reader chose; without one, a field has nice values. */
  ranges?: VariedRanges
}

/**
 * The values of a field in a map: ascending, with `full` last, and each an experiment of its own given the other settings.
 * None if the field has no effect.
 */
export function variedValues(
  field: SpecField,
  spec: ExperimentSpec,
  { most = mostCells.columns, other, ranges = {} }: VariedOptions = {},
): Stop[] {
  const control = controlOf(field)
  if (control.idle?.(spec) !== undefined) return []
  // The value that the field has now must not rule out any of the other's.
  const { [field]: _, ...others } = givenFields(spec)
  const base = complete(others) ?? spec
  const given = givenFields(base)
  const values = new Set<Stop>()
  for (const one of other === undefined
    ? [given]
    : proposedValues(controlOf(other), base, ranges).map((value) => ({ ...given, [other]: value })))
    addAllowedValues(values, control, one, ranges)
  const sizeOf = (value: Stop) => (value === 'full' ? Infinity : value)
  return thinned(
    [...values].sort((a, b) => sizeOf(a) - sizeOf(b)),
    most,
  )
}

/** The values of the range that a reader chose for a field, or its nice ones. */
function proposedValues(control: Control, spec: ExperimentSpec, ranges: VariedRanges): readonly Stop[] {
  const range = ranges[control.field]
  return range ? rangeValues(control.field, range) : niceValues(control, spec)
}

/**
 * Adds the proposed values of a field that the other fields allow. Those that are there already are not tried again: to
 * complete a spec is what takes the time of a map's grid.
 */
function addAllowedValues(values: Set<Stop>, control: Control, others: PartialSpec, ranges: VariedRanges) {
  const spec = complete(others)
  if (!spec) return
  for (const value of proposedValues(control, spec, ranges)) {
    // The batch size of all training examples is spelled `full`.
    const set = values.has(value) ? undefined : complete({ ...others, [control.field]: value })
    if (set) values.add(set[control.field] as Stop)
  }
}

/** The experiments of a map. */
export interface SpecGrid {
  /** The fields that vary: that of the columns and, if there are rows, theirs. */
  fields: readonly SpecField[]
  columns: readonly Stop[]
  /** The values of the second field; one that means nothing if there is none. */
  rows: readonly (Stop | undefined)[]
  /** The experiments [rows][columns]; undefined where two values contradict each other. */
  specs: readonly (ExperimentSpec | undefined)[]
}

/**
 * The experiments of a map, which have the seeds of a spec.
 *
 * @param fields one or two that can vary
 * @param ranges the values that a reader chose for them
 */
export function specGrid(spec: ExperimentSpec, fields: readonly SpecField[], ranges: VariedRanges = {}): SpecGrid {
  const [across, up] = fields
  if (across === undefined) throw new RangeError('a map varies at least one field')
  const columns = variedValues(across, spec, { other: up, ranges })
  const rows = up === undefined ? [undefined] : variedValues(up, spec, { most: mostCells.rows, other: across, ranges })
  const given = givenFields(spec)
  const specs = rows.flatMap((row) =>
    columns.map((column) => complete({ ...given, [across]: column, ...(up === undefined ? {} : { [up]: row }) })),
  )
  return { fields, columns, rows, specs }
}

/**
 * The order in which the cells of a grid are trained, from coarse to fine: every eighth cell in both directions, then
 * every fourth, and so on. Each index of [rows][columns] occurs once.
 */
export function coarseToFine(columns: number, rows: number): number[] {
  const order: number[] = []
  const isTaken = new Set<number>()
  for (let step = coarsest; step >= 1; step /= 2) {
    // The first cells of a step are in the middle of what they stand for.
    for (let row = startOf(step, rows); row < rows; row += step)
      for (let column = startOf(step, columns); column < columns; column += step) {
        const cell = row * columns + column
        if (isTaken.has(cell)) continue
        isTaken.add(cell)
        order.push(cell)
      }
  }
  return order
}

const coarsest = 8

/** The first cell in one direction: half a step from the edge, as far as there are cells. */
function startOf(step: number, count: number): number {
  return Math.min(Math.floor(step / 2), Math.floor(count / 2))
}

/**
 * Parses and writes the playground's address: the spec, its view, the pinned experiment, locked fields, and the numbers
 * that a shared link promises. An invalid spec is reported and not trained; other invalid keys are reported and
 * ignored.
 */
import { sides } from '#charts/sides.ts'
import { viewChanges, viewChoices, completeView, type View } from '#charts/view.ts'
import { InvalidQuery, type FieldError } from '#experiment/spec/errors.ts'
import { choice, wholeField } from '#experiment/spec/fields.ts'
import { readSpec, readSpecOfAnySize, specQuery, withQuery } from '#experiment/spec/permalink.ts'
import { withSeedsOf } from '#experiment/spec/pin.ts'
import { readQuery, type Table } from '#experiment/spec/query.ts'
import {
  completeSpec,
  pageFields,
  specFields,
  type ExperimentSpec,
  type PartialSpec,
  type SpecField,
} from '#experiment/spec/spec.ts'

import { defaultMap, mapKeys, mapQuery, rangeKeys, readRanges, readVary, type MapView } from './map-view.ts'
import { runPositionOf, shownAt } from './run-position.ts'

/** The numbers that a shared link promises. */
export interface PromisedNumbers {
  /** The first 16 hex digits of the fingerprint. */
  fingerprint: string
  /** The version of the engine that computed them. */
  version?: string
}

/** How an experiment is shown, and what it is compared with. */
export interface Shown {
  view: View
  /** The epoch of the cursor; undefined if it is at the end. */
  epoch?: number
  /** The number of updates at the cursor if it is between two epochs, in which case there is no epoch. */
  update?: number
  /** The experiment on the other side of a comparison, with the same seeds. */
  pin?: ExperimentSpec
  /** The side of the comparison that the spec is on; B if it is not given. */
  side?: 'A'
  /** Fields that the link's author locked. */
  lock: readonly SpecField[]
  /** The map, where it is not the default one, which varies nothing. */
  map?: MapView
}

/** A parsed address. */
export interface Address {
  shown: Shown
  promised?: PromisedNumbers
  /** View keys that could not be parsed and are ignored. */
  leftOut: FieldError[]
  /** The spec, or its errors. */
  spec: ExperimentSpec | Refusal
  /** The spec without the invalid fields, or all of it if there are none. */
  right: ExperimentSpec
}

/** Why a query is not a valid experiment. */
type Refusal = Pick<InvalidQuery, 'status' | 'errors'>

const viewKeys = {
  metric: choice('metric', viewChoices.metric),
  axis: choice('axis', viewChoices.axis),
  train: choice('train', viewChoices.train),
  runs: choice('runs', viewChoices.runs),
  epoch: wholeField('epoch', 1, 2000),
  // The limit is that of batches of one with the most examples and epochs.
  update: wholeField('update', 1, 9_000_000),
  side: choice('side', sides),
  ...mapKeys,
}
/** Asks the Worker to train before it answers, for readers without scripts. */
export const waitKey = 'wait'
/** The view keys that `viewKeys` does not contain. */
const otherKeys = ['pin', 'lock', 'expect', 'v', waitKey, 'vary', ...rangeKeys, 'controls'] as const
const page = '/playground'

/** Whether a query key belongs to the view. */
export function isViewKey(key: string): boolean {
  return Object.hasOwn(viewKeys, key) || (otherKeys as readonly string[]).includes(key)
}

/**
 * Parses the query of an address; never throws. The pinned experiment gets the seeds of the one that is shown, whatever
 * seeds its own query contains.
 *
 * @param size whether an experiment above the Worker's budget is refused or accepted, because the browser may train it
 */
export function readAddress(query: URLSearchParams, size: 'within budget' | 'any' = 'within budget'): Address {
  const leftOut: FieldError[] = []
  const { epoch, update, side, color, target, mapSeeds, ...view } = readEach(viewKeys, query, leftOut)
  const read = size === 'any' ? readSpecOfAnySize : readSpec
  const spec = attempt(() => read(query, {}, 'ignore').spec)
  const pin = query.has('pin') ? readPin(query.get('pin') ?? '', leftOut) : undefined
  const fingerprint = /^[0-9a-f]{16}/.exec(query.get('expect') ?? '')?.[0]
  const version = /^[a-z]+-\d+$/.exec(query.get('v') ?? '')?.[0]
  const { right, wrong } = hasErrors(spec)
    ? rightOf(query, size === 'any' ? pageFields : specFields)
    : { right: spec, wrong: [] }
  const lock = readLock(query.getAll('lock').join(','), leftOut)
  const vary = readVary(query, lock, leftOut)
  const map = {
    vary,
    ranges: readRanges(query, vary, leftOut),
    color: color ?? defaultMap.color,
    target: target ?? defaultMap.target,
    seeds: mapSeeds === undefined ? defaultMap.seeds : Number(mapSeeds),
  }
  return {
    spec: hasErrors(spec) ? { status: spec.status, errors: unique([...spec.errors, ...wrong]) } : spec,
    right,
    shown: {
      view: completeView(view),
      ...(update === undefined ? (epoch === undefined ? {} : { epoch }) : { update }),
      ...(pin ? { pin: withSeedsOf(pin, right), ...(side === 'A' ? { side } : {}) } : {}),
      lock,
      ...(mapQuery(map).length ? { map } : {}),
    },
    ...(fingerprint ? { promised: { fingerprint, ...(version ? { version } : {}) } } : {}),
    leftOut,
  }
}

/** The address of a spec with its view, without default values. A shared link also contains the promised numbers. */
export function writeAddress(spec: ExperimentSpec, shown: Shown, promised?: PromisedNumbers): string {
  const { epoch: _, update: __, pin, ...rest } = shown
  const at = shownAt(spec, runPositionOf(spec, shown))
  const pinned = pin ? { pin: withSeedsOf(pin, spec) } : {}
  const query = new URLSearchParams([...specQuery(spec), ...viewQuery({ ...rest, ...pinned, ...at })])
  if (promised) query.set('expect', promised.fingerprint.slice(0, 16))
  if (promised?.version) query.set('v', promised.version)
  return withQuery(page, query)
}

/** The query of a view, without default values. */
export function viewQuery({ view, epoch, update, pin, side, lock, map = defaultMap }: Shown): URLSearchParams {
  const query = new URLSearchParams(viewChanges(view))
  if (epoch !== undefined) query.set('epoch', String(epoch))
  if (update !== undefined) query.set('update', String(update))
  if (pin) query.set('pin', String(specQuery(pin)))
  if (pin && side) query.set('side', side)
  if (lock.length) query.set('lock', lock.join(','))
  for (const [key, value] of mapQuery(map)) query.set(key, value)
  return query
}

/** Parses each field of a table separately, so that one invalid field does not affect the others. */
function readEach<T extends Table>(table: T, query: URLSearchParams, leftOut: FieldError[]) {
  const read = Object.keys(table).flatMap((key) => {
    const codec = table[key]
    const given = query.getAll(key).map((value) => [key, value] as const)
    if (!codec || given.length === 0) return []
    const value = attempt(() => readQuery({ [key]: codec }, given, 'refuse'))
    if (!hasErrors(value)) return [value]
    leftOut.push(...value.errors)
    return []
  })
  return Object.assign({}, ...read) as ReturnType<typeof readQuery<T>>
}

function readPin(text: string, leftOut: FieldError[]): ExperimentSpec | undefined {
  const pin = attempt(() => readSpecOfAnySize(new URLSearchParams(text), {}, 'refuse').spec)
  if (!hasErrors(pin)) return pin
  leftOut.push(...pin.errors.map((error) => ({ ...error, field: `pin: ${error.field}` })))
  return undefined
}

function readLock(text: string, leftOut: FieldError[]): SpecField[] {
  return readFields('lock', text, leftOut)
}

/** The settings that a frame on another page has controls for, in the order in which its address names them. */
export function readControls(query: URLSearchParams, leftOut: FieldError[] = []): SpecField[] {
  return readFields('controls', query.getAll('controls').join(','), leftOut)
}

/** A list of names of settings; others are reported. */
function readFields(key: 'lock' | 'controls', text: string, leftOut: FieldError[]): SpecField[] {
  const isField = (name: string): name is SpecField => Object.hasOwn(specFields, name)
  const names = text.split(',').filter(Boolean)
  for (const value of names.filter((name) => !isField(name)))
    leftOut.push({ field: key, value, expected: 'the name of a setting, such as batchSize' })
  return [...new Set(names.filter(isField))]
}

/**
 * The spec of all valid settings that are consistent, with the others at their defaults, and the errors of the latter.
 */
function rightOf(query: URLSearchParams, fields: Table): { right: ExperimentSpec; wrong: FieldError[] } {
  const wrong: FieldError[] = []
  const given: PartialSpec = readEach(fields, query, wrong)
  for (;;) {
    const right = attempt(() => completeSpec(given))
    if (!hasErrors(right)) return { right, wrong }
    wrong.push(...right.errors)
    for (const { field } of right.errors) delete given[field as SpecField]
  }
}

/** Keeps the first error of each field. */
function unique(errors: readonly FieldError[]): FieldError[] {
  return errors.filter(({ field }, index) => errors.findIndex((other) => other.field === field) === index)
}

/** The result of `read`, or the errors with which it refused a query. */
function attempt<Value>(read: () => Value): Value | Refusal {
  try {
    return read()
  } catch (error) {
    if (error instanceof InvalidQuery) return error
    throw error
  }
}

/** Whether a value is a refusal. */
export function hasErrors(value: object): value is Refusal {
  return 'errors' in value
}

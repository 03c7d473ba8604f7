/**
 * What the address of the playground says, and what it is for a state: the spec, how it is shown, what it is compared
 * with, what is locked, and what a shared link promises. What cannot be read of the spec is said and trains nothing;
 * what cannot be read of the rest is named and left out.
 */
import { viewChanges, viewChoices, completeView, type View } from '#charts/view.ts'
import { InvalidQuery, type FieldError } from '#experiment/spec/errors.ts'
import { choice, wholeField } from '#experiment/spec/fields.ts'
import { readSpec, readSpecOfAnySize, specQuery, withQuery } from '#experiment/spec/permalink.ts'
import { withSeedsOf } from '#experiment/spec/pin.ts'
import { readQuery, type Table } from '#experiment/spec/query.ts'
import {
  completeSpec,
  specFields,
  type ExperimentSpec,
  type PartialSpec,
  type SpecField,
} from '#experiment/spec/spec.ts'

import { runPositionOf, shownAt } from './run-position.ts'

/** What a shared link says of the result that it opens. */
export interface PromisedNumbers {
  /** The first 16 hex digits of the fingerprint. */
  fingerprint: string
  /** The version of the engine that gave it. */
  version?: string
}

/** How an experiment is shown, and beside what. */
export interface Shown {
  view: View
  /** The epoch of the cursor; undefined where it rests at the end. */
  epoch?: number
  /** Updates that were made where it stands between two epochs; it has no epoch then. */
  update?: number
  /** The experiment that this one is compared with, for the same seeds. */
  pin?: ExperimentSpec
  /** Fields that the link's maker froze. */
  lock: readonly SpecField[]
}

/** An address, read. */
export interface Address {
  shown: Shown
  promised?: PromisedNumbers
  /** View keys that could not be read, and were left out. */
  leftOut: FieldError[]
  /** The spec, or what is wrong with it. */
  spec: ExperimentSpec | Refusal
  /** The spec of what can be read: all of it, or all that is right. */
  right: ExperimentSpec
}

/** Why a query is no experiment. */
type Refusal = Pick<InvalidQuery, 'status' | 'errors'>

const viewKeys = {
  metric: choice('metric', viewChoices.metric),
  axis: choice('axis', viewChoices.axis),
  train: choice('train', viewChoices.train),
  runs: choice('runs', viewChoices.runs),
  epoch: wholeField('epoch', 1, 2000),
  // In batches of one, of the most rows and epochs that there are.
  update: wholeField('update', 1, 9_000_000),
}
/** View keys beside those that are read one by one. */
const others = ['pin', 'lock', 'expect', 'v'] as const
const page = '/playground'

/** Whether a key of the query says how an experiment is shown. */
export function isViewKey(key: string): boolean {
  return Object.hasOwn(viewKeys, key) || (others as readonly string[]).includes(key)
}

/**
 * Reads the query of an address; never throws. The pinned experiment is taken for the seeds of the one that is shown,
 * whatever seeds the address has for it.
 *
 * @param size whether an experiment above the Worker's budget is refused, or read: the browser may train it
 */
export function readAddress(query: URLSearchParams, size: 'within budget' | 'any' = 'within budget'): Address {
  const leftOut: FieldError[] = []
  const { epoch, update, ...view } = readEach(viewKeys, query, leftOut)
  const read = size === 'any' ? readSpecOfAnySize : readSpec
  const spec = attempt(() => read(query, {}, 'ignore').spec)
  const pin = query.has('pin') ? readPin(query.get('pin') ?? '', leftOut) : undefined
  const fingerprint = /^[0-9a-f]{16}/.exec(query.get('expect') ?? '')?.[0]
  const version = /^[a-z]+-\d+$/.exec(query.get('v') ?? '')?.[0]
  const { right, wrong } = hasErrors(spec) ? rightOf(query) : { right: spec, wrong: [] }
  return {
    spec: hasErrors(spec) ? { status: spec.status, errors: unique([...spec.errors, ...wrong]) } : spec,
    right,
    shown: {
      view: completeView(view),
      ...(update === undefined ? (epoch === undefined ? {} : { epoch }) : { update }),
      ...(pin ? { pin: withSeedsOf(pin, right) } : {}),
      lock: readLock(query.getAll('lock').join(','), leftOut),
    },
    ...(fingerprint ? { promised: { fingerprint, ...(version ? { version } : {}) } } : {}),
    leftOut,
  }
}

/** The address that opens a spec as it is shown; what is as usual is left out. A shared one says what to expect. */
export function writeAddress(spec: ExperimentSpec, shown: Shown, promised?: PromisedNumbers): string {
  const { epoch: _, update: __, pin, ...rest } = shown
  const at = shownAt(spec, runPositionOf(spec, shown))
  const pinned = pin ? { pin: withSeedsOf(pin, spec) } : {}
  const query = new URLSearchParams([...specQuery(spec), ...viewQuery({ ...rest, ...pinned, ...at })])
  if (promised) query.set('expect', promised.fingerprint.slice(0, 16))
  if (promised?.version) query.set('v', promised.version)
  return withQuery(page, query)
}

/** How an experiment is shown, as the text of a query; what is as usual is left out. */
export function viewQuery({ view, epoch, update, pin, lock }: Shown): URLSearchParams {
  const query = new URLSearchParams(viewChanges(view))
  if (epoch !== undefined) query.set('epoch', String(epoch))
  if (update !== undefined) query.set('update', String(update))
  if (pin) query.set('pin', String(specQuery(pin)))
  if (lock.length) query.set('lock', lock.join(','))
  return query
}

/** The values of a table's fields, each read alone, so that one which cannot be read does not take the others along. */
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
  const isField = (name: string): name is SpecField => Object.hasOwn(specFields, name)
  const names = text.split(',').filter(Boolean)
  for (const value of names.filter((name) => !isField(name)))
    leftOut.push({ field: 'lock', value, expected: 'the name of a setting, such as batchSize' })
  return [...new Set(names.filter(isField))]
}

/** The spec of all settings that can be read and go together, the others at their defaults; and what is wrong with those. */
function rightOf(query: URLSearchParams): { right: ExperimentSpec; wrong: FieldError[] } {
  const wrong: FieldError[] = []
  const given: PartialSpec = readEach(specFields, query, wrong)
  for (;;) {
    const right = attempt(() => completeSpec(given))
    if (!hasErrors(right)) return { right, wrong }
    wrong.push(...right.errors)
    for (const { field } of right.errors) delete given[field as SpecField]
  }
}

/** Errors without those of a field that has one already. */
function unique(errors: readonly FieldError[]): FieldError[] {
  return errors.filter(({ field }, index) => errors.findIndex((other) => other.field === field) === index)
}

/** What something gives, or why the query that it reads is refused. */
function attempt<Value>(read: () => Value): Value | Refusal {
  try {
    return read()
  } catch (error) {
    if (error instanceof InvalidQuery) return error
    throw error
  }
}

/** Whether something could not be read. */
export function hasErrors(value: object): value is Refusal {
  return 'errors' in value
}

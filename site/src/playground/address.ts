/**
 * What the address of the playground says, and what it is for a state: the spec, how it is shown, what it is compared
 * with, what is locked, and what a shared link promises. What cannot be read of the spec is said and trains nothing;
 * what cannot be read of the rest is named and left out.
 */
import { viewChoices, completeView, type View } from '#charts/view.ts'
import { InvalidQuery, type FieldError } from '#experiment/errors.ts'
import { choice, whole } from '#experiment/fields.ts'
import { readSpec, specQuery, withQuery } from '#experiment/permalink.ts'
import { readQuery, type Table } from '#experiment/query.ts'
import { specFields, type ExperimentSpec, type SpecField } from '#experiment/spec.ts'

/** What a shared link says of the result that it opens. */
export interface Promised {
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
  /** The experiment that this one is compared with. */
  pin?: ExperimentSpec
  /** Fields that the link's maker froze. */
  lock: readonly SpecField[]
}

/** An address, read. */
export interface Address {
  shown: Shown
  promised?: Promised
  /** View keys that could not be read, and were left out. */
  leftOut: FieldError[]
  /** The spec, or what is wrong with it. */
  spec: ExperimentSpec | { errors: FieldError[] }
}

const viewKeys = {
  metric: choice('metric', viewChoices.metric),
  axis: choice('axis', viewChoices.axis),
  train: choice('train', viewChoices.train),
  runs: choice('runs', viewChoices.runs),
  epoch: whole('epoch', 1, 2000),
}
const page = '/playground'

/** Reads the query of an address; never throws. */
export function readAddress(query: URLSearchParams): Address {
  const leftOut: FieldError[] = []
  const { epoch, ...view } = readEach(viewKeys, query, leftOut)
  const spec = attempt(() => readSpec(query, {}, 'ignore').spec)
  const pin = query.has('pin') ? readPin(query.get('pin') ?? '', leftOut) : undefined
  const fingerprint = /^[0-9a-f]{16}/.exec(query.get('expect') ?? '')?.[0]
  const version = /^[a-z]+-\d+$/.exec(query.get('v') ?? '')?.[0]
  return {
    spec,
    shown: {
      view: completeView(view),
      ...(epoch === undefined ? {} : { epoch }),
      ...(pin ? { pin } : {}),
      lock: readLock(query.get('lock') ?? '', leftOut),
    },
    ...(fingerprint ? { promised: { fingerprint, ...(version ? { version } : {}) } } : {}),
    leftOut,
  }
}

/** The address that opens a spec as it is shown; what is as usual is left out. A shared one says what to expect. */
export function writeAddress(spec: ExperimentSpec, { view, epoch, pin, lock }: Shown, promised?: Promised): string {
  const query = specQuery(spec)
  const usual = completeView()
  for (const key of ['metric', 'axis', 'train', 'runs'] as const)
    if (view[key] !== usual[key]) query.set(key, view[key])
  if (epoch !== undefined && epoch < spec.epochs) query.set('epoch', String(epoch))
  if (pin) query.set('pin', String(specQuery(pin)))
  if (lock.length) query.set('lock', lock.join(','))
  if (promised) query.set('expect', promised.fingerprint.slice(0, 16))
  if (promised?.version) query.set('v', promised.version)
  return withQuery(page, query)
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
  const pin = attempt(() => readSpec(new URLSearchParams(text), {}, 'refuse').spec)
  if (!hasErrors(pin)) return pin
  leftOut.push(...pin.errors.map((error) => ({ ...error, field: `pin: ${error.field}` })))
  return undefined
}

function readLock(text: string, leftOut: FieldError[]): SpecField[] {
  const isField = (name: string): name is SpecField => Object.hasOwn(specFields, name)
  const names = text.split(',').filter(Boolean)
  for (const value of names.filter((name) => !isField(name)))
    leftOut.push({ field: 'lock', value, expected: `fields of the spec: ${Object.keys(specFields).join(', ')}` })
  return [...new Set(names.filter(isField))]
}

/** What something gives, or the errors of the query that it reads. */
function attempt<Value>(read: () => Value): Value | { errors: FieldError[] } {
  try {
    return read()
  } catch (error) {
    if (error instanceof InvalidQuery) return { errors: error.errors }
    throw error
  }
}

/** Whether something could not be read. */
export function hasErrors(value: object): value is { errors: FieldError[] } {
  return 'errors' in value
}

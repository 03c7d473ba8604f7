/**
 * The playground as the reader left it, and what they do with it: the one place where its state changes. It knows
 * nothing of how it looks.
 *
 * A change of a setting trains at once, in the browser where it can. The address follows: a movement is one step of the
 * browser's history, however many values it passes.
 */
import { allowedInWords, controlOf } from '#experiment/spec/controls.ts'
import { InvalidQuery, type FieldError } from '#experiment/spec/errors.ts'
import { permalink } from '#experiment/spec/permalink.ts'
import { withSeedsOf } from '#experiment/spec/pin.ts'
import { readQuery } from '#experiment/spec/query.ts'
import { specFields, type ExperimentSpec, type SpecField } from '#experiment/spec/spec.ts'
import { hasErrors, readAddress, writeAddress, type PromisedNumbers, type Shown } from '#playground-view/address.ts'
import { readText, readTyped, type Normalized, type UnknownKey } from '#playground-view/lenient-input.ts'
import { shownAt, type RunPosition } from '#playground-view/run-position.ts'
import { wayTo, type AdjustedSetting } from '#playground-view/settings-state.ts'

import type { Live } from '../live-experiment.ts'
import { changeField, resetFields, trainable, type SpecChange, type Terms, type TrainedBy } from './change.ts'
import { UndoHistory, type HistoryPlaces } from './undo-history.ts'

/** What is said of the address that was opened: keys that look like settings, view keys left out, other spellings. */
interface Remarks {
  strangers: readonly UnknownKey[]
  leftOut: readonly FieldError[]
  readings: readonly Normalized[]
}
const nothingToSay: Remarks = { strangers: [], leftOut: [], readings: [] }

/** Everything that can be seen. */
export interface State {
  spec: ExperimentSpec
  shown: Shown
  promised: PromisedNumbers | undefined
  /** What there was to say of the address. */
  remarks: Remarks
  /** What is being typed, by field. */
  typed: Partial<Record<SpecField, string>>
  /** What is wrong with it. */
  errors: readonly FieldError[]
  /** Settings that gave way to the last change. */
  gaveWay: readonly AdjustedSetting[]
  /** A hand is moving: axes hold still. */
  isMoving: boolean
  /** The newest experiment as far as it is trained; of the one before, until the first news. */
  live: Live | undefined
  /** The pinned experiment, likewise. */
  pinned: Live | undefined
  /** The browser cannot train: why. */
  failure: string | undefined
}

/** What the session moves: told what to train, and what became of the address. */
export interface Outside {
  places: HistoryPlaces
  /** Trains the experiment of a scene, instead of the one before. */
  train: (spec: ExperimentSpec) => void
  /** Trains the pinned experiment; undefined where there is none any more. */
  trainPinned: (spec: ExperimentSpec | undefined) => void
  /** Something has changed. */
  onChange: (scene: State) => void
}

export class PlaygroundState {
  #scene: State
  readonly #outside: Outside
  readonly #steps: UndoHistory
  /** The spec at the beginning of a movement, and what moves. */
  #movement: { gesture: string; from: ExperimentSpec } | undefined

  constructor(scene: Pick<State, 'spec' | 'shown' | 'promised' | 'remarks' | 'failure'>, outside: Outside) {
    this.#outside = outside
    this.#steps = new UndoHistory(outside.places)
    this.#scene = {
      ...scene,
      typed: {},
      errors: [],
      gaveWay: [],
      isMoving: false,
      live: undefined,
      pinned: undefined,
    }
  }

  get scene(): State {
    return this.#scene
  }

  /** Trains what is there, as far as it can be. */
  begin(): void {
    const { spec, gaveWay } = trainable(this.#scene.spec, this.#trainedBy)
    if (gaveWay.length) {
      this.#see({ spec, gaveWay })
      this.#steps.replace(this.#address)
    }
    this.#outside.train(this.#scene.spec)
    if (this.#scene.shown.pin) this.#outside.trainPinned(this.#scene.shown.pin)
  }

  /** The spec at the beginning of the movement under way. */
  get from(): ExperimentSpec {
    return this.#movement?.from ?? this.#scene.spec
  }

  /** Sets a field; one that is locked stays. */
  set<Field extends SpecField>(field: Field, value: ExperimentSpec[Field], gesture?: string): void {
    if (this.#isLocked(field)) return
    if (gesture !== this.#movement?.gesture) this.end()
    if (gesture !== undefined) this.#movement ??= { gesture, from: this.#scene.spec }
    this.#take(
      changeField(this.from, field, value, this.#terms),
      { typed: {}, errors: [], isMoving: gesture !== undefined },
      gesture,
    )
  }

  /**
   * Takes a text that is typed in a field: trained as soon as it can be read, and kept as it is while it is typed. What
   * does not go with the other settings is refused, as in an address, never taken for another value.
   */
  type(field: SpecField, text: string): void {
    if (this.#isLocked(field)) return
    const control = controlOf(field)
    const { shown } = this.#scene
    const gesture = `typing ${field}`
    if (gesture !== this.#movement?.gesture) this.end()
    this.#movement ??= { gesture, from: this.#scene.spec }
    try {
      const value = readQuery({ [field]: specFields[field] }, [[field, readText(control.allowed, text)]], 'refuse')[
        field
      ]
      const change = changeField(this.from, field, value as never, this.#terms)
      // Where a value has no effect beside the other settings, the spec has the default.
      const isIdle = control.idle?.(change.spec) !== undefined && change.spec[field] !== value
      if (!isIdle && !change.gaveWay.some((one) => one.field === field)) {
        this.#take(change, { typed: { [field]: text }, errors: [] }, gesture)
        return
      }
      const way = wayTo({ spec: this.from, shown }, field, value)
      const expected = 'instead' in way ? way.instead : allowedInWords(control, this.from)
      this.#see({ typed: { [field]: text }, errors: [{ field, value: text, expected }] })
    } catch (error) {
      if (!(error instanceof InvalidQuery)) throw error
      this.#see({ typed: { [field]: text }, errors: error.errors })
    }
  }

  /** Sets fields back to their defaults; all that are not locked where none is named. */
  reset(...fields: readonly SpecField[]): void {
    this.end()
    const named = fields.length ? fields : (Object.keys(specFields) as SpecField[])
    const free = named.filter((field) => !this.#isLocked(field))
    this.#take(resetFields(this.#scene.spec, this.#terms, free), { typed: {}, errors: [] })
  }

  /** The hand rests: the next change is a new step. What was typed and can be read shows as it was read. */
  end(): void {
    if (!this.#movement) return
    this.#movement = undefined
    this.#steps.end()
    const isRead = this.#scene.errors.length === 0
    this.#see({ isMoving: false, ...(isRead ? { typed: {} } : {}) })
  }

  /** Shows the experiment otherwise; no step of its own. */
  show(changes: Partial<Shown>): void {
    this.#see({ shown: { ...this.#scene.shown, ...changes } })
    this.#steps.replace(this.#address)
  }

  /** The cursor is at a place of the run; at the end it rests. */
  goTo(place: RunPosition): void {
    const { epoch: _, update: __, ...shown } = this.#scene.shown
    this.#see({ shown: { ...shown, ...shownAt(this.#scene.spec, place) } })
  }

  /** Opens an address of the playground: a step, or where the reader went back or forward, none. */
  open(address: string, isTravel = false): void {
    const { query, strangers, readings } = readTyped(new URL(address, 'http://playground.invalid').searchParams)
    const read = readAddress(query, 'any')
    if (hasErrors(read.spec)) return
    if (isTravel) this.#steps.forget()
    else this.end()
    this.#movement = undefined
    const before = this.#scene
    const { promised, leftOut } = read
    const { pin } = before.shown
    const shown = pin && isSame(read.shown.pin, pin) ? { ...read.shown, pin } : read.shown
    // What is trained already stays, and is known to be this.
    const { spec: asked, gaveWay } = trainable(read.spec, this.#trainedBy)
    const spec = isSame(asked, before.spec) ? before.spec : asked
    const remarks = { strangers, leftOut, readings }
    this.#see({ spec, shown, promised, remarks, typed: {}, errors: [], gaveWay, isMoving: false })
    if (!isTravel) this.#steps.go(this.#address)
    else if (gaveWay.length) this.#steps.replace(this.#address)
    if (spec !== before.spec) this.#outside.train(spec)
    if (!isSame(shown.pin, before.shown.pin)) {
      const isSameButForSeeds = isSame(shown.pin, before.shown.pin && withSeedsOf(before.shown.pin, spec))
      if (!isSameButForSeeds) this.#see({ pinned: undefined })
      this.#outside.trainPinned(shown.pin)
    }
  }

  /** News of the experiment in training, in the browser: so it can. */
  hear(live: Live): void {
    this.#see({ live, failure: undefined })
  }

  /** The Worker's result, where the browser cannot train. */
  receive(live: Live): void {
    this.#see({ live })
  }

  /** News of the pinned experiment. */
  hearPinned(pinned: Live | undefined): void {
    this.#see({ pinned })
  }

  /** The browser cannot train: what is too large for the Worker is made to fit. */
  fail(failure: string): void {
    this.#see({ failure })
    const fit = trainable(this.#scene.spec, this.#trainedBy)
    if (fit.gaveWay.length) this.#take(fit, {})
  }

  get #terms(): Terms {
    return { by: this.#trainedBy, lock: this.#scene.shown.lock }
  }

  get #trainedBy(): TrainedBy {
    return this.#scene.failure === undefined ? 'browser' : 'worker'
  }

  get #address(): string {
    return writeAddress(this.#scene.spec, this.#scene.shown)
  }

  #isLocked(field: SpecField): boolean {
    return this.#scene.shown.lock.includes(field)
  }

  /**
   * A new spec: a step, seen and trained, and the pinned experiment for its seeds. One that is equal to the present one is
   * no change: its object stays.
   */
  #take(change: SpecChange, seen: Partial<State>, gesture?: string): void {
    const isNew = !isSame(change.spec, this.#scene.spec)
    const spec = isNew ? change.spec : this.#scene.spec
    const gaveWay = change.gaveWay.length ? this.#withWayBack(change.gaveWay, spec) : change.gaveWay
    const { shown } = this.#scene
    const pin = shown.pin && withSeedsOf(shown.pin, spec)
    const pinned = pin === shown.pin ? {} : { shown: { ...shown, ...(pin ? { pin } : {}) } }
    const fresh = isNew ? { promised: undefined, remarks: nothingToSay } : {}
    this.#see({ ...seen, ...pinned, spec, gaveWay, ...fresh })
    if (!isNew) return
    this.#steps.go(this.#address, gesture)
    this.#outside.train(spec)
    if (pin !== shown.pin) this.#outside.trainPinned(pin)
  }

  /** What gave way, with the address of the experiment before, where that is another one and can be trained. */
  #withWayBack(gaveWay: readonly AdjustedSetting[], spec: ExperimentSpec): readonly AdjustedSetting[] {
    const before = this.from
    if (isSame(before, spec) || trainable(before, this.#trainedBy).gaveWay.length) return gaveWay
    const back = writeAddress(before, this.#scene.shown)
    return gaveWay.map((one) => ({ ...one, back }))
  }

  #see(changes: Partial<State>): void {
    this.#scene = { ...this.#scene, ...changes }
    this.#outside.onChange(this.#scene)
  }
}

/** Whether two experiments are one. */
function isSame(a: ExperimentSpec | undefined, b: ExperimentSpec | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && permalink(a) === permalink(b))
}

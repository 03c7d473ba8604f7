/**
 * The state of the playground and everything that changes it: settings that are moved, typed or reset, addresses that are
 * opened, results that arrive. Nothing here draws.
 *
 * A change of a setting starts training at once, and the address follows: a drag of a slider is one step of the browser's
 * history, however many values it passes (undo-history.ts).
 */
import { allowedInWords, controlOf } from '#experiment/spec/controls.ts'
import { isAvailable } from '#experiment/spec/data-kind.ts'
import { InvalidQuery, type FieldError } from '#experiment/spec/errors.ts'
import { permalink } from '#experiment/spec/permalink.ts'
import { withSeedsOf } from '#experiment/spec/pin.ts'
import { readQuery } from '#experiment/spec/query.ts'
import { specFields, type ExperimentSpec, type SpecField } from '#experiment/spec/spec.ts'
import { hasErrors, readAddress, writeAddress, type PromisedNumbers, type Shown } from '#playground-view/address.ts'
import { readText, readTyped, type Normalized, type UnknownKey } from '#playground-view/lenient-input.ts'
import { defaultMap, withVaried } from '#playground-view/map-view.ts'
import { shownAt, type RunPosition } from '#playground-view/run-position.ts'
import { linkToValue, type AdjustedSetting } from '#playground-view/settings-state.ts'

import {
  changeField,
  changeTable,
  resetFields,
  trainable,
  type SpecChange,
  type Terms,
  type TrainedBy,
} from './change.ts'
import type { LiveState } from './live-state.ts'
import { UndoHistory, type HistoryPlaces } from './undo-history.ts'

/** What is said of the address that was opened: keys that look like settings, view keys left out, other spellings. */
interface Remarks {
  unknownKeys: readonly UnknownKey[]
  leftOut: readonly FieldError[]
  normalized: readonly Normalized[]
}
const noRemarks: Remarks = { unknownKeys: [], leftOut: [], normalized: [] }

/** Everything that the page shows. */
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
  adjusted: readonly AdjustedSetting[]
  /** A slider is being dragged: axes hold still. */
  isMoving: boolean
  /** The newest experiment as far as it is trained; of the one before, until the first news. */
  live: LiveState | undefined
  /** The pinned experiment, likewise. */
  pinned: LiveState | undefined
  /** The browser cannot train: why. */
  failure: string | undefined
  /** What there is to say of a table of the visitor's own. */
  own: string | undefined
}

/** What the state has an effect on: the address, what is trained, and what is drawn. */
export interface Effects {
  places: HistoryPlaces
  /** Trains an experiment instead of the one before. */
  train: (spec: ExperimentSpec) => void
  /** Trains the pinned experiment; undefined where there is none any more. */
  trainPinned: (spec: ExperimentSpec | undefined) => void
  /** Leaves the page for an address that needs a table which is not there. */
  leave: (address: string, isTravel: boolean) => void
  /** Something has changed. */
  onChange: (state: State) => void
}

export class PlaygroundState {
  #state: State
  readonly #effects: Effects
  readonly #history: UndoHistory
  /** The gesture under way, and the spec at its beginning. */
  #gesture: { name: string; from: ExperimentSpec } | undefined

  constructor(state: Pick<State, 'spec' | 'shown' | 'promised' | 'remarks' | 'failure' | 'own'>, effects: Effects) {
    this.#effects = effects
    this.#history = new UndoHistory(effects.places)
    this.#state = {
      ...state,
      typed: {},
      errors: [],
      adjusted: [],
      isMoving: false,
      live: undefined,
      pinned: undefined,
    }
  }

  get now(): State {
    return this.#state
  }

  /** Trains what is there, as far as it can be. */
  begin(): void {
    const { spec, adjusted } = trainable(this.#state.spec, this.#trainedBy)
    if (adjusted.length) {
      this.#patch({ spec, adjusted })
      this.#history.replace(this.#address)
    }
    this.#effects.train(this.#state.spec)
    if (this.#state.shown.pin) this.#effects.trainPinned(this.#state.shown.pin)
  }

  /** The spec at the beginning of the gesture under way. */
  get from(): ExperimentSpec {
    return this.#gesture?.from ?? this.#state.spec
  }

  /** Sets a field; one that is locked stays. */
  set<Field extends SpecField>(field: Field, value: ExperimentSpec[Field], gesture?: string): void {
    if (this.#isLocked(field)) return
    if (gesture !== this.#gesture?.name) this.end()
    if (gesture !== undefined) this.#gesture ??= { name: gesture, from: this.#state.spec }
    this.#apply(
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
    const { shown } = this.#state
    const gesture = `typing ${field}`
    if (gesture !== this.#gesture?.name) this.end()
    this.#gesture ??= { name: gesture, from: this.#state.spec }
    try {
      const value = readQuery({ [field]: specFields[field] }, [[field, readText(control.allowed, text)]], 'refuse')[
        field
      ]
      const change = changeField(this.from, field, value as never, this.#terms)
      // Where a value has no effect beside the other settings, the spec has the default.
      const isIdle = control.idle?.(change.spec) !== undefined && change.spec[field] !== value
      if (!isIdle && !change.adjusted.some((one) => one.field === field)) {
        this.#apply(change, { typed: { [field]: text }, errors: [] }, gesture)
        return
      }
      const way = linkToValue({ spec: this.from, shown }, field, value)
      const expected = 'instead' in way ? way.instead : allowedInWords(control, this.from)
      this.#patch({ typed: { [field]: text }, errors: [{ field, value: text, expected }] })
    } catch (error) {
      if (!(error instanceof InvalidQuery)) throw error
      this.#patch({ typed: { [field]: text }, errors: error.errors })
    }
  }

  /** Trains on a table of the visitor's own from now on, with the other settings as they are. */
  useTable(data: string, own: string): void {
    this.end()
    const change = changeTable(this.#state.spec, data, this.#terms)
    this.#apply(change, { typed: {}, errors: [], own })
  }

  /** Sets fields back to their defaults; all that are not locked where none is named. */
  reset(...fields: readonly SpecField[]): void {
    this.end()
    const named = fields.length ? fields : (Object.keys(specFields) as SpecField[])
    const free = named.filter((field) => !this.#isLocked(field))
    this.#apply(resetFields(this.#state.spec, this.#terms, free), { typed: {}, errors: [] })
  }

  /** The gesture is over: the next change is a new step. What was typed and can be read shows as it was read. */
  end(): void {
    if (!this.#gesture) return
    this.#gesture = undefined
    this.#history.end()
    const isRead = this.#state.errors.length === 0
    this.#patch({ isMoving: false, ...(isRead ? { typed: {} } : {}) })
  }

  /** Shows the experiment otherwise; no step of its own. */
  show(changes: Partial<Shown>): void {
    this.#patch({ shown: { ...this.#state.shown, ...changes } })
    this.#history.replace(this.#address)
  }

  /** Puts a field into the map, or takes it out: a step. */
  vary(field: SpecField): void {
    if (this.#isLocked(field)) return
    this.end()
    const { shown } = this.#state
    this.#patch({ shown: { ...shown, map: withVaried(shown.map ?? defaultMap, field) } })
    this.#history.go(this.#address)
  }

  /** The cursor is at a place of the run; at the end it rests. */
  goTo(place: RunPosition): void {
    const { epoch: _, update: __, ...shown } = this.#state.shown
    this.#patch({ shown: { ...shown, ...shownAt(this.#state.spec, place) } })
  }

  /** Opens an address of the playground: a step, or where the reader went back or forward, none. */
  open(address: string, isTravel = false): void {
    const { query, unknownKeys, normalized } = readTyped(new URL(address, 'http://playground.invalid').searchParams)
    const read = readAddress(query, 'any')
    if (hasErrors(read.spec)) return
    if (![read.spec, read.shown.pin].every((one) => !one || isAvailable(one))) {
      this.#effects.leave(address, isTravel)
      return
    }
    if (isTravel) this.#history.forget()
    else this.end()
    this.#gesture = undefined
    const before = this.#state
    const { promised, leftOut } = read
    const { pin } = before.shown
    const shown = pin && isSame(read.shown.pin, pin) ? { ...read.shown, pin } : read.shown
    // What is trained already stays, and is known to be this.
    const { spec: asked, adjusted } = trainable(read.spec, this.#trainedBy)
    const spec = isSame(asked, before.spec) ? before.spec : asked
    const remarks = { unknownKeys, leftOut, normalized }
    this.#patch({ spec, shown, promised, remarks, typed: {}, errors: [], adjusted, isMoving: false })
    if (!isTravel) this.#history.go(this.#address)
    else if (adjusted.length) this.#history.replace(this.#address)
    if (spec !== before.spec) this.#effects.train(spec)
    if (!isSame(shown.pin, before.shown.pin)) {
      const isSameButForSeeds = isSame(shown.pin, before.shown.pin && withSeedsOf(before.shown.pin, spec))
      if (!isSameButForSeeds) this.#patch({ pinned: undefined })
      this.#effects.trainPinned(shown.pin)
    }
  }

  /** The browser has trained more of the experiment: so it can train. */
  setProgress(live: LiveState): void {
    this.#patch({ live, failure: undefined })
  }

  /** The Worker's result, where the browser cannot train. */
  setWorkerResult(live: LiveState): void {
    this.#patch({ live })
  }

  /** The pinned experiment, as far as it is trained. */
  setPinned(pinned: LiveState | undefined): void {
    this.#patch({ pinned })
  }

  /** The browser cannot train: an experiment that is too large for the Worker is made to fit. */
  setFailure(failure: string): void {
    this.#patch({ failure })
    const fit = trainable(this.#state.spec, this.#trainedBy)
    if (fit.adjusted.length) this.#apply(fit, {})
  }

  get #terms(): Terms {
    return { by: this.#trainedBy, lock: this.#state.shown.lock }
  }

  get #trainedBy(): TrainedBy {
    return this.#state.failure === undefined ? 'browser' : 'worker'
  }

  get #address(): string {
    return writeAddress(this.#state.spec, this.#state.shown)
  }

  #isLocked(field: SpecField): boolean {
    return this.#state.shown.lock.includes(field)
  }

  /**
   * A new spec: a step, seen and trained, and the pinned experiment for its seeds. One that is equal to the present one is
   * no change: its object stays.
   */
  #apply(change: SpecChange, seen: Partial<State>, gesture?: string): void {
    const isNew = !isSame(change.spec, this.#state.spec)
    const spec = isNew ? change.spec : this.#state.spec
    const adjusted = change.adjusted.length ? this.#withWayBack(change.adjusted, spec) : change.adjusted
    const { shown } = this.#state
    const pin = shown.pin && withSeedsOf(shown.pin, spec)
    const pinned = pin === shown.pin ? {} : { shown: { ...shown, ...(pin ? { pin } : {}) } }
    const fresh = isNew ? { promised: undefined, remarks: noRemarks } : {}
    this.#patch({ ...seen, ...pinned, spec, adjusted, ...fresh })
    if (!isNew) return
    this.#history.go(this.#address, gesture)
    this.#effects.train(spec)
    if (pin !== shown.pin) this.#effects.trainPinned(pin)
  }

  /** What gave way, with the address of the experiment before, where that is another one and can be trained. */
  #withWayBack(adjusted: readonly AdjustedSetting[], spec: ExperimentSpec): readonly AdjustedSetting[] {
    const before = this.from
    if (isSame(before, spec) || trainable(before, this.#trainedBy).adjusted.length) return adjusted
    const back = writeAddress(before, this.#state.shown)
    return adjusted.map((one) => ({ ...one, back }))
  }

  #patch(changes: Partial<State>): void {
    this.#state = { ...this.#state, ...changes }
    this.#effects.onChange(this.#state)
  }
}

/** Whether two experiments are one. */
function isSame(a: ExperimentSpec | undefined, b: ExperimentSpec | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && permalink(a) === permalink(b))
}

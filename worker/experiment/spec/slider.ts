/**
 * Values along a slider: where a value lies, which value lies at a place, and what keys do. A place is a share of the way,
 * from 0 to 1; a range input counts it in steps. Marks attract: near a stop its value is meant. (A host may round a logarithm otherwise: what trains is the value that
 * the slider gave, never its place.)
 */
import { marksOf, controlRange, type Control, type Stop } from './controls.ts'
import type { ExperimentSpec } from './spec.ts'

/** How near a stop a place must be to mean it. */
const reach = 0.012

/** Where a value lies on the slider of its control; values outside lie at the ends. */
export function sliderPosition(control: Control, value: Stop, spec: ExperimentSpec): number {
  const [least, most] = controlRange(control, spec)
  const measure = measureOf(control)
  const [from, to] = [measure(least), measure(most)]
  if (value === 'full' || to === from) return 1
  return Math.min(1, Math.max(0, (measure(value) - from) / (to - from)))
}

/** The value at a place on the slider of a control. */
export function valueAt(control: Control, place: number, spec: ExperimentSpec): Stop {
  const near = marksOf(control, spec)
    .map((stop) => ({ stop, distance: Math.abs(sliderPosition(control, stop, spec) - place) }))
    .sort((a, b) => a.distance - b.distance)[0]
  return near && near.distance <= reach ? near.stop : exactAt(control, place, spec)
}

/** The value at a place, whatever is marked near it. */
function exactAt(control: Control, place: number, spec: ExperimentSpec): Stop {
  const [least, most] = controlRange(control, spec)
  if (control.allowed.kind === 'wholeOr' && place >= 1) return 'full'
  const value = control.scale === 'log' ? least * Math.pow(most / least, place) : least + (most - least) * place
  return Math.min(most, Math.max(least, rounded(control, value)))
}

/** How far a key moves along the slider until it meets another value, as shares of the way. */
const keyStep = 0.004

/**
 * The next value that keys go to.
 *
 * @param direction 1 up, −1 down
 * @param isCoarse to the next stop; else to the next value
 */
function nextValue(control: Control, value: Stop, spec: ExperimentSpec, direction: 1 | -1, isCoarse: boolean): Stop {
  const at = sliderPosition(control, value, spec)
  // A typed value may be beyond the slider's end: a key that goes up leaves it there.
  const [, most] = controlRange(control, spec)
  if (direction > 0 && typeof value === 'number' && value > most) return value
  if (isCoarse) {
    const ahead = marksOf(control, spec).filter((stop) => (sliderPosition(control, stop, spec) - at) * direction > 1e-9)
    const next = direction > 0 ? ahead[0] : ahead.at(-1)
    return next ?? valueAt(control, direction > 0 ? 1 : 0, spec)
  }
  for (let place = at; place >= 0 && place <= 1;) {
    place += direction * keyStep
    const next = exactAt(control, Math.min(1, Math.max(0, place)), spec)
    if (next !== value) return next
  }
  return value
}

/** Steps of a range input, from one end of the slider to the other. */
export const sliderSteps = 1000

/** The step of a range input at which a value lies. */
export function stepOf(control: Control, value: Stop, spec: ExperimentSpec): number {
  return Math.round(sliderSteps * sliderPosition(control, value, spec))
}

/** The value of a range input at a step: a number, or its text. */
export function valueAtStep(control: Control, step: number | string, spec: ExperimentSpec): Stop {
  return valueAt(control, Number(step) / sliderSteps, spec)
}

const directions: Readonly<Record<string, 1 | -1>> = {
  ArrowRight: 1,
  ArrowUp: 1,
  PageUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageDown: -1,
}

/** Whether a key moves a slider. */
export function isSliderKey(key: string): boolean {
  return key in directions
}

/**
 * The value that a key of the keyboard goes to: an arrow to the next value, with Shift or as a page key to the next stop.
 * Undefined for keys that move no slider.
 */
export function valueAfterKey(
  control: Control,
  value: Stop,
  spec: ExperimentSpec,
  { key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>,
): Stop | undefined {
  const direction = directions[key]
  return direction && nextValue(control, value, spec, direction, shiftKey || key.startsWith('Page'))
}

const measureOf = ({ scale }: Control) => (scale === 'log' ? Math.log : (value: number) => value)

/** As exact as a hand is: whole, or two digits of a logarithm's value, or hundredths. */
function rounded({ allowed, scale }: Control, value: number): number {
  if (allowed.kind !== 'real') return Math.round(value)
  return scale === 'log' ? Number(value.toPrecision(2)) : Math.round(value * 100) / 100
}

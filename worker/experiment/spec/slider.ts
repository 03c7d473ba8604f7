/**
 * Converts between the values of a control and positions on its slider, and moves through values by keyboard. A position is
 * a fraction from 0 to 1, which a range input counts in steps. Positions close to a marked value snap to it. Hosts may round
 * logarithms differently, so a position is never used for training: only the value that the slider produced is.
 */
import { marksOf, controlRange, type Control, type Stop } from './controls.ts'
import type { ExperimentSpec } from './spec.ts'

/** The distance within which a position snaps to a marked value. */
const snapDistance = 0.012

/** The position of a value on its control's slider; values outside its range lie at the ends. */
export function sliderPosition(control: Control, value: Stop, spec: ExperimentSpec): number {
  const [least, most] = controlRange(control, spec)
  const measure = measureOf(control)
  const [from, to] = [measure(least), measure(most)]
  if (value === 'full' || to === from) return 1
  return Math.min(1, Math.max(0, (measure(value) - from) / (to - from)))
}

/** The value at a position on a control's slider, which is a marked value if one is close. */
export function valueAt(control: Control, position: number, spec: ExperimentSpec): Stop {
  const nearest = marksOf(control, spec)
    .map((stop) => ({ stop, distance: Math.abs(sliderPosition(control, stop, spec) - position) }))
    .sort((a, b) => a.distance - b.distance)[0]
  return nearest && nearest.distance <= snapDistance ? nearest.stop : exactAt(control, position, spec)
}

/** The value at a position, without snapping. */
function exactAt(control: Control, position: number, spec: ExperimentSpec): Stop {
  const [least, most] = controlRange(control, spec)
  if (control.allowed.kind === 'wholeOr' && position >= 1) return 'full'
  const value = control.scale === 'log' ? least * Math.pow(most / least, position) : least + (most - least) * position
  return Math.min(most, Math.max(least, rounded(control, value)))
}

/** The step by which the search for the next value moves along the slider, as a fraction. */
const keyStep = 0.004

/**
 * The value that an arrow key moves to.
 *
 * @param direction 1 up, −1 down
 * @param isCoarse whether to move to the next marked value instead of the next value
 */
function nextValue(control: Control, value: Stop, spec: ExperimentSpec, direction: 1 | -1, isCoarse: boolean): Stop {
  const at = sliderPosition(control, value, spec)
  // A typed value may lie beyond the slider's end, where an upward key leaves it.
  const [, most] = controlRange(control, spec)
  if (direction > 0 && typeof value === 'number' && value > most) return value
  if (isCoarse) {
    const ahead = marksOf(control, spec).filter((stop) => (sliderPosition(control, stop, spec) - at) * direction > 1e-9)
    const next = direction > 0 ? ahead[0] : ahead.at(-1)
    return next ?? valueAt(control, direction > 0 ? 1 : 0, spec)
  }
  for (let position = at; position >= 0 && position <= 1;) {
    position += direction * keyStep
    const next = exactAt(control, Math.min(1, Math.max(0, position)), spec)
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

/**
 * Rounds a value to the precision of a pointer: whole numbers, two significant digits on a logarithmic scale,
 * hundredths on a linear one.
 */
function rounded({ allowed, scale }: Control, value: number): number {
  if (allowed.kind !== 'real') return Math.round(value)
  return scale === 'log' ? Number(value.toPrecision(2)) : Math.round(value * 100) / 100
}

/**
 * The first screen's controls in the browser: the radio buttons and the sliders always show one experiment.
 */
import { controlOf, type Stop } from '#experiment/spec/controls.ts'
import { nextValue, sliderPosition, valueAt } from '#experiment/spec/slider.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import { sliderSteps } from './sliders.ts'

/** The fields that the first screen sets. */
export type Dialed = Pick<ExperimentSpec, 'batchSize' | 'learningRate'>

/** Their names. */
export const dialFields = ['batchSize', 'learningRate'] as const

interface Hands {
  /** The experiment that is shown. */
  spec: () => ExperimentSpec
  /** One of the states in the page was chosen. */
  onChoice: (batchSize: Stop) => void
  /** A slider moves. */
  onMove: (change: Partial<Dialed>) => void
  /** The hand rests. */
  onRest: () => void
}

const directions: Record<string, 1 | -1> = {
  ArrowRight: 1,
  ArrowUp: 1,
  PageUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageDown: -1,
}

/** Listens to the controls. */
export function listenToDials(thesis: HTMLElement, { spec, onChoice, onMove, onRest }: Hands): void {
  for (const radio of radiosOf(thesis))
    radio.addEventListener('change', () => onChoice(radio.value === 'full' ? 'full' : Number(radio.value)))
  for (const field of dialFields) {
    const slider = sliderOf(thesis, field)
    const control = controlOf(field)
    slider.addEventListener('input', () =>
      onMove({ [field]: valueAt(control, Number(slider.value) / sliderSteps, spec()) }),
    )
    slider.addEventListener('change', onRest)
    slider.addEventListener('keydown', (event) => {
      const direction = directions[event.key]
      if (direction === undefined) return
      event.preventDefault()
      const isCoarse = event.shiftKey || event.key.startsWith('Page')
      onMove({ [field]: nextValue(control, spec()[field], spec(), direction, isCoarse) })
    })
    slider.addEventListener('keyup', ({ key }) => key in directions && onRest())
  }
}

/** Shows an experiment; the slider under the hand stays where it is. */
export function showDials(thesis: HTMLElement, spec: ExperimentSpec): void {
  for (const radio of radiosOf(thesis)) radio.checked = radio.value === String(spec.batchSize)
  for (const field of dialFields) {
    const slider = sliderOf(thesis, field)
    const place = Math.round(sliderSteps * sliderPosition(controlOf(field), spec[field], spec))
    const isThere = valueAt(controlOf(field), Number(slider.value) / sliderSteps, spec) === spec[field]
    if (!isThere) slider.value = String(place)
    slider.setAttribute('aria-valuetext', String(spec[field]))
    slider.nextElementSibling!.textContent = String(spec[field])
  }
}

/** What the controls say before anyone listens: they may have been moved already. */
export function readDials(thesis: HTMLElement, spec: ExperimentSpec): { chosen: Stop; moved: Partial<Dialed> } {
  const chosen = radiosOf(thesis).find(({ checked }) => checked)?.value ?? String(spec.batchSize)
  const moved = dialFields
    .map((field) => ({ field, slider: sliderOf(thesis, field) }))
    .filter(({ slider }) => slider.value !== slider.defaultValue)
    .map(({ field, slider }) => [field, valueAt(controlOf(field), Number(slider.value) / sliderSteps, spec)])
  return { chosen: chosen === 'full' ? chosen : Number(chosen), moved: Object.fromEntries(moved) as Partial<Dialed> }
}

function radiosOf(thesis: HTMLElement): HTMLInputElement[] {
  return Array.from(thesis.querySelectorAll<HTMLInputElement>('[type=radio]'))
}

function sliderOf(thesis: HTMLElement, field: keyof Dialed): HTMLInputElement {
  return thesis.querySelector<HTMLInputElement>(`[type=range][name=${field}]`)!
}

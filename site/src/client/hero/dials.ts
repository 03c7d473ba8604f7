/**
 * The controls of the first screen in the browser: the radio buttons and the two sliders, which always show one
 * experiment. Listens to them, sets them, and reads how they stand.
 */
import { controlOf, type Stop } from '#experiment/spec/controls.ts'
import { isSliderKey, stepOf, valueAfterKey, valueAtStep } from '#experiment/spec/slider.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

/** The fields that the first screen sets. */
export type Dialed = Pick<ExperimentSpec, 'batchSize' | 'learningRate'>

/** Their names. */
export const dialFields = ['batchSize', 'learningRate'] as const

interface Listener {
  /** The experiment that is shown. */
  spec: () => ExperimentSpec
  /** One of the states in the page was chosen. */
  onChoice: (batchSize: Stop) => void
  /** A slider moves. */
  onMove: (change: Partial<Dialed>) => void
  /** The slider has come to rest. */
  onRest: () => void
}

/** Listens to the controls. */
export function listenToDials(hero: HTMLElement, { spec, onChoice, onMove, onRest }: Listener): void {
  for (const radio of radiosOf(hero))
    radio.addEventListener('change', () => onChoice(radio.value === 'full' ? 'full' : Number(radio.value)))
  for (const field of dialFields) {
    const slider = sliderOf(hero, field)
    const control = controlOf(field)
    slider.addEventListener('input', () => onMove({ [field]: valueAtStep(control, slider.value, spec()) }))
    slider.addEventListener('change', onRest)
    slider.addEventListener('keydown', (event) => {
      const next = valueAfterKey(control, spec()[field], spec(), event)
      if (next === undefined) return
      event.preventDefault()
      onMove({ [field]: next })
    })
    slider.addEventListener('keyup', ({ key }) => isSliderKey(key) && onRest())
  }
}

/** Shows an experiment. A slider at a step that means its value already stays there, so that none moves under the pointer. */
export function showDials(hero: HTMLElement, spec: ExperimentSpec): void {
  for (const radio of radiosOf(hero)) radio.checked = radio.value === String(spec.batchSize)
  for (const field of dialFields) {
    const slider = sliderOf(hero, field)
    const control = controlOf(field)
    if (valueAtStep(control, slider.value, spec) !== spec[field])
      slider.value = String(stepOf(control, spec[field], spec))
    slider.setAttribute('aria-valuetext', String(spec[field]))
    slider.nextElementSibling!.textContent = String(spec[field])
  }
}

/** How the controls stand: they may have been moved before the script was there. */
export function readDials(hero: HTMLElement, spec: ExperimentSpec): { chosen: Stop; moved: Partial<Dialed> } {
  const chosen = radiosOf(hero).find(({ checked }) => checked)?.value ?? String(spec.batchSize)
  const moved = dialFields
    .map((field) => ({ field, slider: sliderOf(hero, field) }))
    .filter(({ slider }) => slider.value !== slider.defaultValue)
    .map(({ field, slider }) => [field, valueAtStep(controlOf(field), slider.value, spec)])
  return { chosen: chosen === 'full' ? chosen : Number(chosen), moved: Object.fromEntries(moved) as Partial<Dialed> }
}

function radiosOf(hero: HTMLElement): HTMLInputElement[] {
  return Array.from(hero.querySelectorAll<HTMLInputElement>('[type=radio]'))
}

function sliderOf(hero: HTMLElement, field: keyof Dialed): HTMLInputElement {
  return hero.querySelector<HTMLInputElement>(`[type=range][name=${field}]`)!
}

/**
 * What trains and draws, made ready when a figure is touched: before the first answer is wanted.
 */
import { render } from 'preact'

import type { Kind } from '#charts/kind.ts'
import type { ExperimentResult } from '#experiment/result.ts'

import type { GivenFigure } from './given.ts'

let trainer: Promise<typeof import('./here.ts')> | undefined

/**
 * What trains is a piece of its own: figures that nobody touches do without. Once it is there, whoever asks for it goes
 * on before the next frame: a browser that imports the same again draws one between.
 */
export function trains(): Promise<typeof import('./here.ts')> {
  trainer ??= import('./here.ts').catch((error: unknown) => {
    trainer = undefined
    throw error
  })
  return trainer
}

/** Trains the first runs of a figure and draws them out of sight when the reader first touches it. */
export function warmWhenTouched(figure: HTMLElement, kind: Kind, given: GivenFigure): void {
  const warm = async () => {
    const { canTrainHere, prepare } = await trains()
    if (!canTrainHere(given)) return
    const results = await prepare(given).catch(() => [])
    // In a turn of its own: whoever asked for a picture already has it first.
    setTimeout(() => {
      if (!figure.querySelector('.figure-live')) rehearse(kind, given, results)
    })
  }
  for (const touch of ['pointerover', 'focusin']) figure.addEventListener(touch, () => void warm(), { once: true })
}

const rehearsed = new Set<Kind>()

/** Draws curves once where nobody sees it: code that has run before draws the reader's first picture faster. */
function rehearse(kind: Kind, given: GivenFigure, [first, ...others]: readonly ExperimentResult[]): void {
  const [size] = given.sizes
  if (!first || !size || rehearsed.has(kind) || !kind.needs.includes('histories')) return
  rehearsed.add(kind)
  const box = document.createElement('div')
  render(kind.draw({ ...given, results: [first, ...others] }, size), box)
  render(null, box)
}

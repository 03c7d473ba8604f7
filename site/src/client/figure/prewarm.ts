/**
 * Loads the script that trains, and prewarms a figure when it is first touched: trains its first runs and draws them out of
 * sight, so that the first answer to the reader is fast.
 */
import { render } from 'preact'

import type { ChartType } from '#charts/chart-type.ts'
import type { Drawing } from '#charts/drawing.tsx'
import { viewChoices, type View } from '#charts/view.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'

import type { FigureProps } from './figure-props.ts'

/** The script that trains was not loaded, and cannot be while the page lives: a notice says why. */
export class MissingTrainer extends Error {
  override name = 'MissingTrainer'
}

let trainer: Promise<typeof import('./train-in-browser.ts')> | undefined

/**
 * What trains is a piece of its own: figures that nobody touches do without. Once it is there, whoever asks for it goes
 * on before the next frame: a browser that imports the same again draws one between.
 */
export function loadTrainer(): Promise<typeof import('./train-in-browser.ts')> {
  trainer ??= import('./train-in-browser.ts').catch((cause: unknown) => {
    throw new MissingTrainer('the script that trains was not loaded', { cause })
  })
  return trainer
}

/** Trains the first runs of a figure and draws them out of sight when the reader first touches it. */
export function prewarmWhenTouched(figure: HTMLElement, chart: ChartType, props: FigureProps): void {
  const prewarm = async () => {
    const { canTrainInBrowser, prepare } = await loadTrainer()
    if (!canTrainInBrowser(props)) return
    const results = await prepare(props).catch(() => [])
    for (const view of viewsOf(props)) {
      // In a turn of its own: whoever asked for a picture already has it first.
      await new Promise((resolve) => setTimeout(resolve))
      if (!figure.querySelector('.figure-live')) drawUnseen(chart, { ...props, view }, results)
    }
  }
  for (const touch of ['pointerover', 'focusin']) figure.addEventListener(touch, () => void prewarm(), { once: true })
}

/** What one turn of a switch can make of it. */
function viewsOf({ view, switches }: FigureProps): View[] {
  return switches.flatMap((name) => viewChoices[name].map((choice): View => ({ ...view, [name]: choice })))
}

const prewarmed = new Set<string>()

/**
 * Draws curves once where nobody sees it: code that has run before draws the reader's first picture faster. Two
 * experiments do for all.
 */
function drawUnseen(chart: ChartType, props: FigureProps, [first, second]: readonly ExperimentResult[]): void {
  const [size] = props.sizes
  const name = JSON.stringify([props.chart, props.view])
  if (!first || !size || prewarmed.has(name) || !chart.needs.includes('histories')) return
  prewarmed.add(name)
  const drawing: Drawing = { ...props, results: second ? [first, second] : [first] }
  const box = document.createElement('div')
  chart.explore(drawing, size)
  render(chart.draw(drawing, size), box)
  render(null, box)
}

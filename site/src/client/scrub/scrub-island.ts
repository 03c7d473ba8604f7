/**
 * The island of the figures with a slider over the epochs of a run, clouds of gradients and decision boundaries: trains the
 * runs in the browser, and draws any epoch as the build drew one.
 */
import type { GradientNoise } from '#experiment/result/gradient-noise.ts'
import { layerWidths } from '#experiment/spec/hidden-layers.ts'
import { trustedSpec } from '#experiment/spec/spec-query.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import type { Layer } from '#training/initializers.ts'

import { borderPath, type Square } from '../drawings/borders.ts'
import { byRow, cloudPath, cloudWords, drawBatches, toUnits } from '../drawings/gradient-clouds.ts'
import { registerSettable } from '../settable.ts'
import { canTrain, createTrainer, type Trainer } from '../trainer/trainer.ts'
import { scrubEpochs } from './epochs.ts'
import { Scrub, type DrawAt } from './scrub.ts'

/** Takes over a figure. */
export function mountScrubber(figure: HTMLElement): void {
  const controls = figure.querySelector<HTMLElement>('.scrub')!
  const giveUp = () => {
    controls.hidden = true
    const why = canTrain() ? 'This page’s training has stopped' : 'This browser cannot train by itself'
    controls.insertAdjacentText('afterend', `${why}: the picture stays as it is.`)
  }
  if (!canTrain()) {
    giveUp()
    return
  }
  const built = controls.querySelector('input')!.defaultValue
  const scrub = new Scrub(figure, figure.dataset['scrub'] === 'clouds' ? cloudsOf(figure) : bordersOf(figure), giveUp)
  registerSettable(figure, (query) => {
    scrub.pause()
    scrub.goTo(Number(query?.get('epoch') ?? built))
  })
}

/** A run of an experiment that can be asked for the step after its last epoch: it is one epoch longer. */
function longer(query: string): ExperimentSpec {
  return { ...trustedSpec(new URLSearchParams(query)), epochs: scrubEpochs + 1 }
}

/** Clouds: the gradient of every row, after the epoch, makes those of all batches. */
function cloudsOf(figure: HTMLElement): DrawAt {
  const trainer = createTrainer()
  const spec = longer('batchSize=full')
  const first = Number(figure.dataset['length'])
  const dots = Array.from(figure.querySelectorAll('.dots'))
  const truths = Array.from(figure.querySelectorAll('.truth'))
  let batches: number[][][] | undefined
  let noise: GradientNoise | undefined
  return async (epoch, isOld) => {
    const step = await trainer.stepAt(spec, { epoch })
    if (!step || isOld()) return ''
    const examples = byRow(step)
    batches ??= drawBatches(examples.length)
    const length = Math.sqrt(step.fullGradient.reduce((sum, value) => sum + value * value, 0)) / first
    dots.forEach((one, index) => one.setAttribute('d', cloudPath(batches![index]!, examples, length)))
    for (const truth of truths) truth.setAttribute('cx', String(toUnits(length)))
    noise ??= await trainer.noiseOf({ ...spec, epochs: scrubEpochs })
    return cloudWords(length, noise?.noiseScale[epoch])
  }
}

/** Boundaries: those of the last epochs, on top of each other. */
function bordersOf(figure: HTMLElement): DrawAt {
  const plane = JSON.parse(figure.dataset['plane']!) as Square
  const panels = Array.from(figure.querySelectorAll<HTMLElement>('[data-run]'), (panel) => {
    const run = new Borders(longer(panel.dataset['run']!), plane)
    return { run, paths: Array.from(panel.querySelectorAll('.border')) }
  })
  return async (epoch, isOld) => {
    await Promise.all(
      panels.map(async ({ run, paths }) => {
        const lines = paths.map(() => '')
        // The newest first: those before it follow where the hand rests.
        for (let back = 0; back < paths.length && epoch - back >= 1; back++) {
          const line = await run.at(epoch - back)
          if (line === undefined || isOld()) return
          lines[paths.length - 1 - back] = line
          paths.forEach((path, index) => path.setAttribute('d', lines[index]!))
        }
      }),
    )
    return ''
  }
}

/** The borders of a run by epoch, each drawn once. */
class Borders {
  readonly #trainer: Trainer = createTrainer()
  readonly #spec: ExperimentSpec
  readonly #plane: Square
  readonly #lines = new Map<number, string>()

  constructor(spec: ExperimentSpec, plane: Square) {
    this.#spec = spec
    this.#plane = plane
  }

  async at(epoch: number): Promise<string | undefined> {
    const known = this.#lines.get(epoch)
    if (known !== undefined) return known
    const step = await this.#trainer.stepAt(this.#spec, { epoch })
    if (!step) return undefined
    const line = borderPath(layersOf(this.#spec, step.before), this.#spec.classes, this.#plane)
    this.#lines.set(epoch, line)
    return line
  }
}

/** Parameters that stand one behind the other, layer by layer. */
function layersOf(spec: ExperimentSpec, parameters: Float32Array<ArrayBuffer>): Layer[] {
  const widths = layerWidths(spec)
  let at = 0
  const take = (count: number) => parameters.slice(at, (at += count))
  return widths.slice(1).map((fanOut, index) => ({ weights: take(widths[index]! * fanOut), biases: take(fanOut) }))
}

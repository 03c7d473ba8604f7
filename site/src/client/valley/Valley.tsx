/** The figure of the valley: its pictures, its dials, and a sentence that says what they do. Built, then taken over. */
import { useMemo } from 'preact/hooks'

import { sliderSteps } from '#experiment/spec/slider.ts'

import { averagesOf, descend, normals, valleyUpdates, type ValleySettings } from './model.ts'
import { LimitPicture, LossPicture, PathsPicture } from './pictures.tsx'
import { valleyInWords } from './words.ts'

/** All that a reader can set. */
export interface ValleyState extends ValleySettings {
  isAveraged: boolean
  /** Of the noise. */
  seed: number
}

/** What the figure shows at first. */
export const initialValley: ValleyState = { learningRate: 0.05, batchSize: 4, momentum: 0, isAveraged: false, seed: 1 }

const batchSizes = [1, 2, 4, 8, 16, 32, 64, 128, 256, 'full'] as const
const rates = { least: 0.002, most: 0.5 }
const momenta = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95]

/** The learning rate at a step of its slider: equal steps are equal ratios, rounded to two digits. */
const rateAt = (step: number) =>
  Number((rates.least * (rates.most / rates.least) ** (step / sliderSteps)).toPrecision(2))
const stepOfRate = (rate: number) =>
  Math.round((sliderSteps * Math.log(rate / rates.least)) / Math.log(rates.most / rates.least))
/** The position of the nearest value. */
const nearest = (values: readonly number[], value: number) =>
  values.reduce((best, one, index) => (Math.abs(one - value) < Math.abs(values[best]! - value) ? index : best), 0)

/** The state that the built controls show, which a reader may have moved before there was a script. */
export function stateOfControls(body: Element): ValleyState {
  const [rate, size, momentum] = Array.from(body.querySelectorAll<HTMLInputElement>('[type=range]'), ({ value }) =>
    Number(value),
  )
  const built = stepOfRate(initialValley.learningRate)
  return {
    ...initialValley,
    learningRate: rate === undefined || rate === built ? initialValley.learningRate : rateAt(rate),
    batchSize: batchSizes[size ?? -1] ?? initialValley.batchSize,
    momentum: momenta[momentum ?? -1] ?? initialValley.momentum,
    isAveraged: body.querySelector<HTMLInputElement>('[type=checkbox]')?.checked ?? false,
  }
}

interface ValleyProps {
  state: ValleyState
  /** Changes some of the state; none while the page is built. */
  change?: (change: Partial<ValleyState>) => void
}

export function Valley({ state, change }: ValleyProps) {
  const { isAveraged, seed, ...settings } = state
  const noise = useMemo(() => normals(seed, 2 * valleyUpdates), [seed])
  const noisy = descend(settings, noise)
  const averages = isAveraged && noisy.length > valleyUpdates ? averagesOf(noisy) : undefined
  const descent = { settings, exact: descend(settings), noisy, averages }
  const size = settings.batchSize === 'full' ? 'all' : String(settings.batchSize)
  const at = batchSizes.findIndex((one) => one === settings.batchSize)
  return (
    <>
      <div class="valley-pictures">
        <div>
          <PathsPicture {...descent} />
          <LimitPicture settings={settings} />
        </div>
        <LossPicture {...descent} />
      </div>
      <p class="valley-words" role="status">
        {valleyInWords(settings, averages?.at(-1))}
      </p>
      <div class="valley-dials scripted" role="group" aria-label="Settings of the valley">
        <Dial
          name="learning rate η"
          step={stepOfRate(settings.learningRate)}
          steps={sliderSteps}
          text={String(settings.learningRate)}
          onStep={(step) => change?.({ learningRate: rateAt(step) })}
        />
        <Dial
          name="batch size B"
          step={at}
          steps={batchSizes.length - 1}
          text={size}
          onStep={(step) => change?.({ batchSize: batchSizes[step]! })}
        />
        <Dial
          name="momentum β"
          step={nearest(momenta, settings.momentum)}
          steps={momenta.length - 1}
          text={String(settings.momentum)}
          onStep={(step) => change?.({ momentum: momenta[step]! })}
        />
        <label class="valley-switch">
          <input
            type="checkbox"
            checked={isAveraged}
            onChange={({ currentTarget }) => change?.({ isAveraged: currentTarget.checked })}
          />
          average the weights
        </label>
        <button type="button" onClick={() => change?.({ seed: seed + 1 })}>
          Other noise
        </button>
      </div>
    </>
  )
}

interface DialProps {
  name: string
  step: number
  steps: number
  text: string
  onStep: (step: number) => void
}

function Dial({ name, step, steps, text, onStep }: DialProps) {
  return (
    <label class="valley-dial">
      <span>{name}</span>
      <input
        type="range"
        min={0}
        max={steps}
        value={step}
        aria-valuetext={text}
        autocomplete="off"
        onInput={({ currentTarget }) => onStep(Number(currentTarget.value))}
      />
      <b aria-hidden="true">{text}</b>
    </label>
  )
}

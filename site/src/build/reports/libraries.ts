/**
 * The results of the reports' programs in Keras and PyTorch, which `npm run programs` ran as a reader would, and their
 * comparison with our runs.
 */
import { decimal, estimateTexts } from '#charts/text/format.ts'
import { differenceInterval, type Interval } from '#experiment/result/confidence-interval.ts'
import type { Run } from '#experiment/result/result.ts'
import { mean, sampleDeviation } from '#experiment/result/statistics.ts'
import { presets, type Preset } from '#experiment/spec/presets.ts'

import { resultFor } from '../values/experiments.ts'
import recorded from './libraries.json'
import { seedsQuery } from './runs.ts'

/** The compared quantities: the name in a program's output, and the value of our run. */
const quantities = [
  { name: 'test accuracy', digits: 3, of: 'test', ours: ({ final }: Run) => final.testAccuracy },
  { name: 'train accuracy', digits: 3, of: 'train', ours: ({ final }: Run) => final.trainAccuracy },
  { name: 'instability', digits: 4, of: 'instability', ours: ({ instability }: Run) => instability },
] as const

const libraries = ['Keras', 'PyTorch'] as const

/** The runs of one program: mean, spread, and difference of the mean from ours. */
interface Sample {
  /** The library, or `ours`. */
  of: string
  runs: number
  mean: number
  sd: number
  /** Undefined for our own runs. */
  difference: Interval | undefined
}

/** A quantity of a preset, for our engine and each library. */
interface ComparedQuantity {
  name: string
  digits: number
  samples: Sample[]
}

/** The cost of a library's run on the machine that ran it, in seconds of processor time. */
interface Cost {
  library: string
  /** The mean per run, including the start of the library. */
  seconds: number
  /** The start alone. */
  start: number
}

/** The comparison and costs of a preset's runs in each library. */
export async function libraryRuns(preset: Preset): Promise<{ quantities: ComparedQuantity[]; costs: Cost[] }> {
  const { runs } = await resultFor(seedsQuery(preset))
  const ofPreset = recorded.runs[preset.slug as keyof typeof recorded.runs]
  return {
    quantities: quantities.map(({ name, digits, of, ours }) => {
      const own = runs.map(ours).filter((value) => value !== null)
      const others = libraries.map((library) => {
        const values = ofPreset[library].runs.map((run) => run[of])
        return sampleOf(library, values, differenceInterval(values, own))
      })
      return { name, digits, samples: [sampleOf('ours', own, undefined), ...others] }
    }),
    costs: libraries.map((library) => ({
      library,
      seconds: mean(ofPreset[library].runs.map(({ seconds }) => seconds)),
      start: recorded.libraries[library].startSeconds,
    })),
  }
}

function sampleOf(of: string, values: readonly number[], difference: Interval | undefined): Sample {
  return { of, runs: values.length, mean: mean(values), sd: sampleDeviation(values), difference }
}

/** A difference with its interval, `0.002 (−0.010 to 0.015)`, and whether that excludes 0. */
export function libraryDifferenceText({ value, low, high }: Interval): string {
  if (Number.isNaN(low)) return decimal(value)
  const texts = estimateTexts(value, low, high)
  const remark = holdsZero({ value, low, high }) ? '' : ', without 0'
  return `${texts.value} (${texts.low} to ${texts.high}${remark})`
}

/** Whether an interval contains 0; undefined if there is no interval. */
function holdsZero({ low, high }: Interval): boolean | undefined {
  return Number.isNaN(low) ? undefined : low <= 0 && high >= 0
}

/** The number of intervals over all reports, and how many of them contain 0. Each experiment counts once. */
export async function agreement(): Promise<{ intervals: number; holding: number }> {
  const bySpec = new Map(presets.map((preset) => [seedsQuery(preset), preset]))
  const all = await Promise.all(Array.from(bySpec.values(), libraryRuns))
  const containZero = all
    .flatMap(({ quantities: compared }) => compared.flatMap(({ samples }) => samples))
    .flatMap(({ difference }) => (difference ? [holdsZero(difference)] : []))
    .filter((one) => one !== undefined)
  return { intervals: containZero.length, holding: containZero.filter(Boolean).length }
}

const { Keras, PyTorch } = recorded.libraries

/** The versions and the machine that the programs ran on, in words. */
export const ranOn =
  `Keras ${Keras.versions.keras} on TensorFlow ${Keras.versions.tensorflow}, PyTorch ${PyTorch.versions.torch}, ` +
  `NumPy ${Keras.versions.numpy} and scikit-learn ${Keras.versions.sklearn}, Python ${recorded.python}, one thread of ${recorded.machine}`

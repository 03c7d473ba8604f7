/**
 * What the real libraries gave: the programs of the reports, run as a reader would (`npm run programs`), beside our runs.
 */
import { decimal, estimateTexts } from '#charts/text/format.ts'
import { differenceInterval, type Interval } from '#experiment/result/confidence-interval.ts'
import type { Run } from '#experiment/result/result.ts'
import { mean, sampleDeviation } from '#experiment/result/statistics.ts'
import { presets, type Preset } from '#experiment/spec/presets.ts'

import { resultFor } from '../values/experiments.ts'
import kept from './libraries.json'
import { seedsQuery } from './runs.ts'

/** The quantities that are compared: what a program prints, and what a run of ours has. */
const quantities = [
  { name: 'test accuracy', digits: 3, of: 'test', ours: ({ final }: Run) => final.testAccuracy },
  { name: 'train accuracy', digits: 3, of: 'train', ours: ({ final }: Run) => final.trainAccuracy },
  { name: 'instability', digits: 4, of: 'instability', ours: ({ instability }: Run) => instability },
] as const

const libraries = ['Keras', 'PyTorch'] as const

/** Some runs of one program: their mean and spread, and how far the mean is from that of ours. */
interface Sample {
  /** Whose runs these are. */
  of: string
  runs: number
  mean: number
  sd: number
  /** Undefined for our own. */
  difference: Interval | undefined
}

/** A quantity of a preset, by our engine and by each library. */
interface ComparedQuantity {
  name: string
  digits: number
  samples: Sample[]
}

/** What a run of a library costs, on the machine that ran it: seconds of processor time. */
interface Cost {
  library: string
  /** The mean of a run, with the start of the library. */
  seconds: number
  /** Those of the start. */
  start: number
}

/** Everything that a report says of a preset's runs by the libraries. */
export async function libraryRuns(preset: Preset): Promise<{ quantities: ComparedQuantity[]; costs: Cost[] }> {
  const { runs } = await resultFor(seedsQuery(preset))
  const ofPreset = kept.runs[preset.slug as keyof typeof kept.runs]
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
      start: kept.libraries[library].startSeconds,
    })),
  }
}

function sampleOf(of: string, values: readonly number[], difference: Interval | undefined): Sample {
  return { of, runs: values.length, mean: mean(values), sd: sampleDeviation(values), difference }
}

/** A difference with its interval: `0.002 (−0.010 to 0.015)`, and whether that leaves out 0. */
export function libraryDifferenceText({ value, low, high }: Interval): string {
  if (Number.isNaN(low)) return decimal(value)
  const texts = estimateTexts(value, low, high)
  const remark = holdsZero({ value, low, high }) ? '' : ', without 0'
  return `${texts.value} (${texts.low} to ${texts.high}${remark})`
}

/** Whether an interval holds 0: undefined where there is none. */
function holdsZero({ low, high }: Interval): boolean | undefined {
  return Number.isNaN(low) ? undefined : low <= 0 && high >= 0
}

/** Over all reports: how many intervals there are, and how many of them hold 0. Each experiment counts once. */
export async function agreement(): Promise<{ intervals: number; holding: number }> {
  const bySpec = new Map(presets.map((preset) => [seedsQuery(preset), preset]))
  const all = await Promise.all(Array.from(bySpec.values(), libraryRuns))
  const held = all
    .flatMap(({ quantities: compared }) => compared.flatMap(({ samples }) => samples))
    .flatMap(({ difference }) => (difference ? [holdsZero(difference)] : []))
    .filter((isHeld) => isHeld !== undefined)
  return { intervals: held.length, holding: held.filter(Boolean).length }
}

const { Keras, PyTorch } = kept.libraries

/** What the programs ran on, in words. */
export const ranOn =
  `Keras ${Keras.versions.keras} on TensorFlow ${Keras.versions.tensorflow}, PyTorch ${PyTorch.versions.torch}, ` +
  `NumPy ${Keras.versions.numpy} and scikit-learn ${Keras.versions.sklearn}, Python ${kept.python}, one thread of ${kept.machine}`

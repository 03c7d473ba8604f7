/**
 * Suggests the field that an unknown query key probably means, from other libraries' names for it and from misspellings
 * (edit distance).
 */
import type { SpecField } from './spec.ts'

/** Other libraries' names of the fields, in lower-case letters and digits. */
const synonyms: Readonly<Partial<Record<SpecField, string>>> = {
  learningRate: 'lr eta alpha rate step stepsize initiallr learningrateinit',
  batchSize: 'bs batch mb mbs minibatch minibatchsize trainbatchsize perdevicetrainbatchsize',
  epochs: 'ep nepochs numepochs maxepochs numtrainepochs maxiter',
  seeds: 'nseeds numseeds repeats repetitions trials nruns numruns',
  seed: 'randomstate randomseed rngseed rng',
  momentum: 'mom mu',
  optimizer: 'opt optim optimiser solver',
  weightDecay: 'wd l2 decay',
  learningRateSchedule: 'lrschedule lrscheduler scheduler schedule lrs decayschedule',
  batchSizeSchedule: 'bsschedule batchschedule',
  warmup: 'warmupepochs numwarmupepochs',
  averaging: 'average ema swa polyak',
  hiddenUnits: 'hidden units layers hiddenlayers hiddensize hiddenlayersizes neurons width',
  activation: 'act nonlinearity',
  initializer: 'init kernelinitializer initialization',
  dataset: 'ds',
  examples: 'n samples nsamples numsamples nexamples numexamples points rows',
  classes: 'k nclasses numclasses centers',
  noise: 'std sd sigma clusterstd scatter',
  datasetSeed: 'dataseed',
  scaling: 'scale scaler standardize standardization normalize normalization preprocessing',
  labelNoise: 'flipy noisylabels wronglabels mislabeled corruption',
  features: 'inputs featureset',
  trainFraction: 'trainsize trainsplit split fraction',
  lastBatch: 'droplast dropremainder',
  replacement: 'replace withreplacement',
  engine: 'backend',
}

const meantBy = new Map(
  Object.entries(synonyms).flatMap(([field, names]) => names.split(' ').map((name) => [name, field] as const)),
)

/** Longer keys are not misspelled names, and comparing them would take long. */
const longestKey = 40

/**
 * The name that a key most likely means: the field that it is a synonym of, or the closest name within an edit distance
 * of one (of two for long names). Undefined if none is close.
 *
 * @param names the allowed names, the spec's fields among them
 */
export function likelyField<Name extends string>(key: string, names: readonly Name[]): Name | undefined {
  if (key.length > longestKey) return undefined
  const plain = letters(key)
  const synonym = meantBy.get(plain)
  const known = names.find((name) => name === synonym)
  if (known) return known
  const [nearest] = names
    .map((name) => ({ name, slips: editDistance(plain, letters(name)) }))
    .filter(({ name, slips }) => slips <= (name.length > 6 ? 2 : name.length > 3 ? 1 : 0))
    .sort((a, b) => a.slips - b.slips)
  return nearest?.name
}

const letters = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')

/**
 * The restricted Damerau–Levenshtein distance (Damerau 1964): the fewest insertions, deletions, substitutions and swaps
 * of adjacent letters that turn one word into the other.
 */
function editDistance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, column) => column)]
  for (let row = 1; row <= a.length; row++) {
    const line = [row]
    for (let column = 1; column <= b.length; column++) {
      const isSame = a[row - 1] === b[column - 1]
      const isSwapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      line.push(
        Math.min(
          rows[row - 1]![column]! + 1,
          line[column - 1]! + 1,
          rows[row - 1]![column - 1]! + Number(!isSame),
          isSwapped ? rows[row - 2]![column - 2]! + 1 : Infinity,
        ),
      )
    }
    rows.push(line)
  }
  return rows[a.length]![b.length]!
}

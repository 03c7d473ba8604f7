/**
 * What came of an experiment in a row of large figures, each with the epochs that it is of, wherever the cursor stands:
 * of one run as it is, of several as their mean and standard deviation. Beside a pinned experiment each has the pinned
 * one's below it, and the difference, paired by seed.
 */
import { decimal, digitsOf, listInWords, spread, whole } from '#charts/format.ts'
import { firstOfDetail } from '#charts/parts.ts'
import { compare, inCommon } from '#experiment/comparison.ts'
import { fewestForInterval } from '#experiment/interval.ts'
import type { Comparison, ExperimentResult, Spread, Summary } from '#experiment/result.ts'
import { phasesOf, updates } from '#experiment/rows.ts'
import type { ExperimentSpec } from '#experiment/spec.ts'

import { differenceText, signed } from './difference.ts'
import { epochsTo80 } from './epochs-to-80.ts'

/** What an experiment is compared with: both with the runs that both have. */
export interface Pinned {
  own: ExperimentResult
  result: ExperimentResult
  comparison: Comparison
}

/** An experiment beside the pinned one, in the runs that both have; undefined before the pinned one has any. */
export function pinnedOf(result: ExperimentResult, pinned: ExperimentResult): Pinned | undefined {
  if (pinned.summary.runs === 0) return undefined
  const [own, other] = inCommon(result, pinned)
  return { own, result: other, comparison: compare(own, other) }
}

interface KeyNumbersProps {
  result: ExperimentResult
  pinned?: Pinned | undefined
}

/** The row. */
export function KeyNumbers({ result, pinned }: KeyNumbersProps) {
  const own = pinned?.own ?? result
  const { spec, summary } = own
  const other = pinned?.result.summary
  const { quantities } = pinned?.comparison ?? {}
  const { final, instability } = summary
  const anEpoch = phasesOf(spec).map(({ steps }) => whole(steps))
  return (
    <dl class="key-numbers">
      <KeyNumber
        name="test accuracy"
        value={decimal(final.testAccuracy.mean)}
        deviation={deviation(final.testAccuracy)}
        note={`after epoch ${whole(spec.epochs)}: train ${spread(final.trainAccuracy)}`}
        pinned={other && spread(other.final.testAccuracy)}
        difference={quantities && differenceText(quantities.testAccuracy, digitsOf.accuracy)}
      />
      <KeyNumber
        name="instability"
        value={decimal(instability.mean, digitsOf.instability)}
        deviation={deviation(instability, digitsOf.instability)}
        note={instabilityNote(own)}
        pinned={other && spread(other.instability, digitsOf.instability)}
        difference={quantities && differenceText(quantities.instability, digitsOf.instability)}
      />
      <KeyNumber
        name="epochs to 0.80"
        value={epochsTo80(summary)}
        note={reachedNote(summary)}
        pinned={other && epochsTo80(other)}
        difference={quantities && differenceText(quantities.epochsTo80, 0)}
      />
      <KeyNumber
        name="updates"
        value={whole(updates(spec))}
        note={`${anEpoch.join(', then ')} an epoch${summary.runs > 1 ? ', in each run' : ''}`}
        pinned={pinned && whole(updates(pinned.result.spec))}
        difference={pinned && updatesApart(spec, pinned.result.spec)}
      />
    </dl>
  )
}

interface KeyNumberProps {
  name: string
  value: string
  /** The standard deviation over the runs. */
  deviation?: string | undefined
  note: string
  /** The pinned experiment's; undefined without one. */
  pinned?: string | undefined
  /** How far it is from the pinned one's; undefined where that cannot be said. */
  difference?: string | undefined
}

function KeyNumber({ name, value, deviation: sd, note, pinned, difference }: KeyNumberProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd class="key-number">
        {value} {sd && <span>± {sd}</span>}
      </dd>
      <dd class="key-note">{note}</dd>
      {pinned !== undefined && (
        <dd class="key-pinned">
          pinned {pinned}
          {difference !== undefined && (
            <>
              <br />
              difference <b>{difference}</b>
            </>
          )}
        </dd>
      )}
    </div>
  )
}

function updatesApart(spec: ExperimentSpec, pinned: ExperimentSpec): string {
  const apart = updates(spec) - updates(pinned)
  return signed(apart, whole(Math.abs(apart)))
}

/** What the differences are, in words. */
export function differencesInWords({ comparison: { seeds } }: Pinned): string {
  if (seeds.length === 0) return 'There is no seed that both experiments have, so they cannot be paired.'
  if (seeds.length < fewestForInterval)
    return `Differences: this one less the pinned one, of ${seeds.length === 1 ? 'one seed' : `${seeds.length} seeds`}. From ${fewestForInterval} seeds on they have an interval.`
  return `Differences: this one less the pinned one, seed by seed, with half of their 95 % interval in ${seeds.length} seeds.`
}

/** A standard deviation, where there is one. */
function deviation({ sd }: Pick<Spread, 'sd'>, digits?: number): string | undefined {
  return sd === null ? undefined : decimal(sd, digits)
}

/** What the numbers are of: `mean ± standard deviation of 30 runs, with seeds 1 to 30`. Only runs that are over count. */
export function sourceInWords({ spec, runs, summary }: Pick<ExperimentResult, 'spec' | 'runs' | 'summary'>): string {
  if (summary.runs === 0) return `The first run, with seed ${spec.seed}, is not over.`
  const seeds = runs.map(({ seed }) => seed)
  if (summary.runs === 1) return `One run, with seed ${seeds[0]}.`
  const without = summary.diverged ? `, without the ${summary.diverged} that diverged` : ''
  return `Mean ± standard deviation of ${summary.runs} runs${without}, with seeds ${seedsInWords(seeds)}. Epochs to 0.80: the median.`
}

/** Ascending seeds in words: `1 to 30`; where some are missing, `1 to 12, 14, 15 and 20 to 25`. */
function seedsInWords(seeds: readonly number[]): string {
  const ranges: [first: number, last: number][] = []
  for (const seed of seeds) {
    const range = ranges.at(-1)
    if (range && seed === range[1] + 1) range[1] = seed
    else ranges.push([seed, seed])
  }
  const texts = ranges.flatMap(([first, last]) =>
    last - first > 1 ? [`${first} to ${last}`] : [...new Set([`${first}`, `${last}`])],
  )
  return listInWords(texts)
}

function reachedNote({ runs, epochsTo80: { reached } }: Summary): string {
  if (runs <= 1) return reached ? 'first reached then' : runs === 0 ? 'not reached yet' : 'not reached'
  return `reached by ${reached} of ${runs} runs`
}

function instabilityNote({ spec, summary }: ExperimentResult): string {
  if (summary.runs === 0) return 'known at the end'
  if (summary.diverged === summary.runs) return 'it diverged'
  if (summary.instability.mean === null) return `needs 40 epochs, not ${spec.epochs}`
  const { stillLearning, runs } = summary
  const window = `epochs ${whole(firstOfDetail(spec))} to ${whole(spec.epochs)}`
  if (stillLearning === 0) return `${window}: lower is calmer`
  return `${window}: ${runs === 1 ? '' : `${stillLearning} of ${runs} `}still learning`
}

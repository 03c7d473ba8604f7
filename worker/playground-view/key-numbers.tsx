/**
 * The row of key numbers of an experiment, each with the epochs that it refers to. Accuracy and updates follow the
 * cursor; the others are of the whole run. For several runs, they are means with standard deviations. In a comparison,
 * the value of the other side and the paired difference are below each number.
 */
import { firstOfDetail } from '#charts/marks/curve-parts.ts'
import { classOfSide, otherSide, type Side } from '#charts/sides.ts'
import { decimal, digitsOf, listInWords, spread, wholeNumber } from '#charts/text/format.ts'
import { compare, restrictToSharedSeeds } from '#experiment/result/comparison.ts'
import { fewestForInterval } from '#experiment/result/confidence-interval.ts'
import type { Comparison, ExperimentResult, Spread, Summary } from '#experiment/result/result.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { phasesOf, updates, updatesAfter } from '#experiment/spec/training-size.ts'

import { meetsChallenge } from './challenge.ts'
import { differenceText, signed } from './difference-text.ts'
import { epochsTo80 } from './epochs-to-80.ts'
import type { RunPosition } from './run-position.ts'

/** An experiment and the pinned one, both restricted to the seeds that they share. */
export interface Pinned {
  own: ExperimentResult
  result: ExperimentResult
  comparison: Comparison
}

/**
 * Compares an experiment with the pinned one on the seeds that they share; undefined before the pinned one has finished
 * a run.
 */
export function pinnedOf(result: ExperimentResult, pinned: ExperimentResult): Pinned | undefined {
  if (pinned.summary.runs === 0) return undefined
  const [own, other] = restrictToSharedSeeds(result, pinned)
  return { own, result: other, comparison: compare(own, other) }
}

interface KeyNumbersProps {
  result: ExperimentResult
  pinned?: Pinned | undefined
  /** The position of the cursor; by default at the end. */
  place?: RunPosition | undefined
  /** The side of the comparison that the result is on. */
  side?: Side | undefined
}

/** The row of key numbers. */
export function KeyNumbers({ result, pinned, place, side = 'B' }: KeyNumbersProps) {
  const own = pinned?.own ?? result
  const { spec, summary } = own
  const other = pinned?.result.summary
  const { quantities } = pinned?.comparison ?? {}
  const { final, instability } = summary
  const updatesPerEpoch = phasesOf(spec).map(({ steps }) => wholeNumber(steps))
  const letters = { own: side, other: otherSide(side) }
  const isEarlier = place !== undefined && place.epoch < spec.epochs
  const made = isEarlier ? updatesAfter(spec, place.epoch) + place.step : updates(spec)
  const at = (metric: 'testAccuracy' | 'trainAccuracy') => decimal(valueAfter(own, metric, place?.epoch ?? 0))
  return (
    <dl class={`key-numbers${pinned ? ' are-compared' : ''}`}>
      <KeyNumber
        letters={letters}
        name="test accuracy"
        {...(isEarlier
          ? { value: at('testAccuracy'), note: `after epoch ${wholeNumber(place.epoch)}: train ${at('trainAccuracy')}` }
          : {
              value: decimal(final.testAccuracy.mean),
              deviation: deviation(final.testAccuracy),
              note: `after epoch ${wholeNumber(spec.epochs)}: train ${spread(final.trainAccuracy)}`,
            })}
        pinned={other && spread(other.final.testAccuracy)}
        difference={quantities && differenceText(quantities.testAccuracy, digitsOf.accuracy)}
      />
      <KeyNumber
        letters={letters}
        name="instability"
        value={decimal(instability.mean, digitsOf.instability)}
        deviation={deviation(instability, digitsOf.instability)}
        note={instabilityNote(own)}
        pinned={other && spread(other.instability, digitsOf.instability)}
        difference={quantities && differenceText(quantities.instability, digitsOf.instability)}
      />
      <KeyNumber
        letters={letters}
        name="epochs to 0.80"
        value={epochsTo80(summary)}
        note={reachedNote(summary)}
        pinned={other && epochsTo80(other)}
        difference={quantities && differenceText(quantities.epochsTo80, 0)}
      />
      <KeyNumber
        letters={letters}
        name="updates"
        value={wholeNumber(made)}
        note={`${isEarlier ? `of ${wholeNumber(updates(spec))}, ` : ''}${updatesPerEpoch.join(', then ')} an epoch${summary.runs > 1 ? ', in each run' : ''}`}
        pinned={pinned && wholeNumber(updates(pinned.result.spec))}
        difference={pinned && updatesApart(spec, pinned.result.spec)}
      />
    </dl>
  )
}

/** The mean over the runs of a metric after an epoch; of a single run its value. Null before the first. */
function valueAfter(result: ExperimentResult, metric: 'testAccuracy' | 'trainAccuracy', epoch: number): number | null {
  const values = result.curves?.[metric].mean ?? result.runs[0]?.history?.[metric]
  return values?.[epoch - 1] ?? null
}

interface KeyNumberProps {
  /** The letters of both sides. */
  letters: { own: Side; other: Side }
  name: string
  value: string
  /** The standard deviation over the runs. */
  deviation?: string | undefined
  note: string
  /** The value of the pinned experiment; undefined without one. */
  pinned?: string | undefined
  /** The difference from the pinned experiment; undefined if it is not known. */
  difference?: string | undefined
}

function KeyNumber({ letters, name, value, deviation: sd, note, pinned, difference }: KeyNumberProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd class="key-number">
        {pinned !== undefined && (
          <>
            <i class={classOfSide[letters.own]}>{letters.own}</i>{' '}
          </>
        )}
        {value} {sd && <span>± {sd}</span>}
      </dd>
      <dd class="key-note">{note}</dd>
      {pinned !== undefined && (
        <dd class="key-pinned">
          <i class={classOfSide[letters.other]}>{letters.other}</i> {pinned}
          {difference !== undefined && (
            <>
              {' '}
              <span>
                {letters.own} − {letters.other}: <b>{difference}</b>
              </span>
            </>
          )}
        </dd>
      )}
    </div>
  )
}

function updatesApart(spec: ExperimentSpec, pinned: ExperimentSpec): string {
  const apart = updates(spec) - updates(pinned)
  return signed(apart, wholeNumber(Math.abs(apart)))
}

/** Explains the differences, in words. */
export function pairedDifferencesText({ comparison: { seeds } }: Pinned): string {
  if (seeds.length === 0) return 'There is no seed that both experiments have, so they cannot be paired.'
  if (seeds.length < fewestForInterval)
    return `Differences: one experiment less the other, of ${seeds.length === 1 ? 'one seed' : `${seeds.length} seeds`}. From ${fewestForInterval} seeds on they have an interval.`
  return `Differences: one experiment less the other, seed by seed, with half of their 95 % interval in ${seeds.length} seeds.`
}

/** A formatted standard deviation, if there is one. */
function deviation({ sd }: Pick<Spread, 'sd'>, digits?: number): string | undefined {
  return sd === null ? undefined : decimal(sd, digits)
}

/**
 * Explains what the numbers refer to: `mean ± standard deviation of 30 runs, with seeds 1 to 30`. Only completed runs
 * count.
 */
export function sourceInWords({ spec, runs, summary }: Pick<ExperimentResult, 'spec' | 'runs' | 'summary'>): string {
  if (summary.runs === 0) return `The first run, with seed ${spec.seed}, is not over.`
  const seeds = runs.map(({ seed }) => seed)
  if (summary.runs === 1) return `One run, with seed ${seeds[0]}.`
  const without = summary.diverged ? `, without the ${summary.diverged} that diverged` : ''
  return `Mean ± standard deviation of ${summary.runs} runs${without}, with seeds ${seedsInWords(seeds)}. Epochs to 0.80: the median.`
}

/** Ascending seeds in words: `1 to 30`, or `1 to 12, 14, 15 and 20 to 25` if some are missing. */
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

function instabilityNote(result: ExperimentResult): string {
  const { spec, summary } = result
  if (summary.runs === 0) return 'known at the end'
  if (summary.diverged === summary.runs) return 'it diverged'
  if (summary.instability.mean === null) return `needs 40 epochs, not ${spec.epochs}`
  const { stillLearning, runs } = summary
  const window = `${meetsChallenge(result) ? 'meets the challenge of the tutorial; ' : ''}epochs ${wholeNumber(firstOfDetail(spec))} to ${wholeNumber(spec.epochs)}`
  if (stillLearning === 0) return `${window}: lower is calmer`
  return `${window}: ${runs === 1 ? '' : `${stillLearning} of ${runs} `}still learning`
}

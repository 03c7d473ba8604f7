/**
 * What came of an experiment in a row of large figures: of one run as it is, of several as their mean and standard
 * deviation.
 */
import { decimal, digitsOf, missing, spread, whole } from '#charts/format.ts'
import type { ExperimentResult, Spread, Summary } from '#experiment/result.ts'
import { phasesOf, updates } from '#experiment/rows.ts'

/** The row. */
export function KeyNumbers({ result }: { result: ExperimentResult }) {
  const { spec, summary } = result
  const { final, instability } = summary
  const anEpoch = phasesOf(spec).map(({ steps }) => whole(steps))
  return (
    <dl class="key-numbers">
      <KeyNumber
        name="test accuracy"
        value={decimal(final.testAccuracy.mean)}
        deviation={deviation(final.testAccuracy)}
        note={`train ${spread(final.trainAccuracy)}`}
      />
      <KeyNumber
        name="instability"
        value={decimal(instability.mean, digitsOf.instability)}
        deviation={deviation(instability, digitsOf.instability)}
        note={instabilityNote(result)}
      />
      <KeyNumber name="epochs to 0.80" value={epochsTo80(summary)} note={reachedNote(summary)} />
      <KeyNumber
        name="updates"
        value={whole(updates(spec))}
        note={`${anEpoch.join(', then ')} an epoch${summary.runs > 1 ? ', in each run' : ''}`}
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
}

function KeyNumber({ name, value, deviation: sd, note }: KeyNumberProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd class="key-number">
        {value} {sd && <span>± {sd}</span>}
      </dd>
      <dd class="key-note">{note}</dd>
    </div>
  )
}

/** A standard deviation, where there is one. */
function deviation({ sd }: Pick<Spread, 'sd'>, digits?: number): string | undefined {
  return sd === null ? undefined : decimal(sd, digits)
}

/** What the numbers are of: `mean ± standard deviation of 30 seeds`. */
export function sourceInWords({ spec, summary }: ExperimentResult): string {
  if (summary.runs === 1) return `One run, with seed ${spec.seed}.`
  const without = summary.diverged ? `, without the ${summary.diverged} that diverged` : ''
  return `Mean ± standard deviation of ${summary.runs} runs${without}, with seeds ${spec.seed} to ${spec.seed + spec.seeds - 1}. Epochs to 0.80: the median.`
}

/** The first epoch with a test accuracy of 0.8, or the median over the runs. */
export function epochsTo80({ epochsTo80: { quartiles } }: Summary): string {
  const median = quartiles[1]
  return median === null ? missing : decimal(median, Number.isInteger(median) ? 0 : 1)
}

function reachedNote({ runs, epochsTo80: { reached } }: Summary): string {
  if (runs === 1) return reached ? 'first reached then' : 'not reached'
  return `reached by ${reached} of ${runs} runs`
}

function instabilityNote({ spec, summary }: ExperimentResult): string {
  if (summary.diverged === summary.runs) return 'it diverged'
  if (summary.instability.mean === null) return `needs 40 epochs, not ${spec.epochs}`
  const { stillLearning, runs } = summary
  if (stillLearning === 0) return 'lower is calmer'
  return runs === 1 ? 'still learning' : `${stillLearning} of ${runs} still learning`
}

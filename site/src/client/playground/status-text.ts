/**
 * The status of the playground's experiment in words: who trained it, whether browser and Worker have the same bits,
 * how far it was when the reader stopped it, and whether it keeps what a shared link promises.
 */
import { agreementOf } from '#experiment/result/agreement.ts'
import { fingerprintCheckInWords } from '#playground-view/link-promise.ts'

import type { LiveState } from './live-state.ts'
import type { State } from './state.ts'
import type { WorkerCheckStatus } from './worker-check.ts'

/** What the browser has of an experiment. */
interface TrainedHere {
  /** It trains it; else the Worker alone does. */
  isOurs: boolean
  /** It is above what the Worker trains, or on own data, so nobody else verifies it. */
  isTooLarge: boolean
  /** Of its result, once all runs are over. */
  fingerprint: string | undefined
}

/** The badge in a word or three; `badgeInWords` explains it. */
export function badgeInShort(status: WorkerCheckStatus, here: TrainedHere, version: string): string {
  const { isOurs, isTooLarge, fingerprint } = here
  if (!isOurs) return status.name === 'there' ? 'from the Worker' : 'asking the Worker'
  if (!fingerprint) return 'training'
  if (isTooLarge) return 'trained on your device'
  if (status.name === 'resting' || status.name === 'asking') return 'trained'
  if (status.name === 'failed') return 'not verified'
  const agreement = agreementOf(status.result, { fingerprint, version })
  return agreement === 'equal' ? 'verified' : agreement === 'other engine' ? 'other version' : 'differs'
}

/**
 * The badge: whether the browser and the Worker have the same bits.
 *
 * @param version of the browser's engine
 */
export function badgeInWords(
  status: WorkerCheckStatus,
  { isOurs, fingerprint }: Pick<TrainedHere, 'isOurs' | 'fingerprint'>,
  version: string,
): string {
  if (!isOurs) return workersBadge(status)
  if (status.name === 'resting') return fingerprint ? 'trained in your browser' : 'training in your browser'
  if (status.name === 'asking') return `trained in your browser; ${status.words}`
  if (status.name === 'failed') return `trained in your browser alone. ${status.words}`
  const source = sourceOf(status)
  const agreement = agreementOf(status.result, { fingerprint: fingerprint ?? '', version })
  if (agreement === 'other engine')
    return `the Worker has another engine version, ${status.result.engine.version}, so numbers may differ`
  if (!fingerprint) return `from the Worker, ${source}`
  return agreement === 'equal'
    ? `equal on the edge, bit for bit (${source})`
    : 'the Worker’s result differs from your browser’s'
}

/** The same where there is no other result than the Worker's. */
function workersBadge(status: WorkerCheckStatus): string {
  if (status.name === 'resting') return 'the Worker is asked when the hand rests'
  if (status.name === 'there') return `from the Worker, ${sourceOf(status)}`
  return status.words
}

const sourceOf = ({ isNew }: { isNew: boolean }) => (isNew ? 'trained now' : 'from its cache')

/** Whether runs were over when a training was stopped: going on keeps them. */
export function hasRunsToKeep({ result }: Pick<LiveState, 'result'>): boolean {
  return result.summary.runs > 0
}

/** How far a training was when it was stopped: `stopped after 58 of 200 runs`; of a single run, after so many epochs. */
export function stoppedInWords({ spec, result }: Pick<LiveState, 'spec' | 'result'>): string {
  const { runs } = result.summary
  if (spec.seeds > 1) return `stopped after ${runs} of ${spec.seeds} runs`
  const epochs = result.runs[0]?.history?.testAccuracy.filter((value) => value !== null).length ?? 0
  return `stopped after ${epochs} of ${spec.epochs} epochs`
}

/** Whether the numbers are those that a shared link promised, once the experiment is over; nothing without a promise. */
export function promiseInWords({ promised, spec }: Pick<State, 'promised' | 'spec'>, live: LiveState) {
  if (!promised || !live.isOver || live.spec !== spec) return undefined
  return fingerprintCheckInWords(live.result, promised)
}

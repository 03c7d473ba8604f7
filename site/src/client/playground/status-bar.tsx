/**
 * The lines below the playground's numbers: how far the training is, with a button that stops it, whether the Worker has
 * the same bits, and how the experiment compares with the pinned one.
 */
import { Differences } from '#charts/types/differences.tsx'
import type { Comparison } from '#experiment/result/result.ts'
import { excessOf } from '#experiment/spec/budget.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { writeAddress } from '#playground-view/address.ts'
import { AdjustedLine } from '#playground-view/adjusted-setting.tsx'

import { comparedInWords, comparedQuantityTexts } from './comparison-text.ts'
import type { LiveState } from './live-state.ts'
import type { State } from './state.ts'
import { badgeInWords, hasRunsToKeep, stoppedInWords } from './status-text.ts'
import type { WorkerCheckStatus } from './worker-check.ts'

interface StatusBarProps {
  state: State
  /** What is known of the Worker's result. */
  worker: WorkerCheckStatus
  /** With the pinned experiment, where that is trained. */
  comparison: Comparison | undefined
  version: string
  onStop: () => void
  /** Goes on with what was stopped. */
  onResume: () => void
}

export function StatusBar({ state, worker, comparison, version, onStop, onResume }: StatusBarProps) {
  const { spec, shown, live, pinned, failure, adjusted } = state
  if (!live) return null
  const { pin, ...unpinned } = shown
  const own = live.spec === spec ? live : undefined
  const beside = pinned && pinned.spec === pin ? pinned : undefined
  const both = [own, beside].filter((one) => one !== undefined)
  const running = both.find(({ isOver, isStopped }) => !isOver && !isStopped)
  const stopped = both.filter(({ isStopped }) => isStopped)
  const fingerprint = own?.isOver ? own.result.fingerprint : undefined
  const isOurs = spec.engine === 'fused' && failure === undefined
  return (
    <>
      <div class="instrument-now">
        <p class="instrument-badge">
          {own?.isStopped ? stoppedInWords(own) : badgeInWords(worker, { isOurs, fingerprint }, version)}
        </p>
        {running && (
          <>
            <progress value={running.progress} aria-label={running === own ? 'training' : 'training the pinned one'} />
            <button type="button" onClick={onStop}>
              Stop
            </button>
          </>
        )}
        {!running && stopped.length > 0 && (
          <button type="button" onClick={onResume}>
            {stopped.some(hasRunsToKeep) ? 'Continue' : 'Start again'}
          </button>
        )}
      </div>
      {failure !== undefined && <p>The Worker alone trains here, when the hand rests: {failure}.</p>}
      {adjusted.map((one) => (
        <p key={one.field} class="in-sentence">
          <AdjustedLine adjusted={one} />
        </p>
      ))}
      <p class="instrument-pin">
        {pin ? (
          <>
            <a href={writeAddress(spec, unpinned)}>unpin</a>{' '}
            <a href={writeAddress(pin, unpinned)}>back to the pinned one</a>
          </>
        ) : (
          <a href={writeAddress(spec, { ...shown, pin: spec })}>pin this, and compare what you change</a>
        )}
      </p>
      {pin && <PinNotes spec={spec} pin={pin} pinned={beside} isWorkers={!isOurs} />}
      {pin && comparison && (
        <div class="instrument-compared">
          {comparedInWords(comparison, spec, pin).map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          <SeedDifferences comparison={comparison} />
        </div>
      )}
    </>
  )
}

interface PinNotesProps {
  spec: ExperimentSpec
  pin: ExperimentSpec
  pinned: LiveState | undefined
  /** The Worker alone trains. */
  isWorkers: boolean
}

/** Why the pinned experiment has fewer runs than the one that is shown, or none. */
function PinNotes({ spec, pin, pinned, isWorkers }: PinNotesProps) {
  return (
    <>
      {pin.seeds < spec.seeds && (
        <p>
          The pinned experiment has {pin.seeds} of the {spec.seeds} seeds: its {pin.epochs} epochs allow no more.
        </p>
      )}
      {isWorkers && excessOf(pin) && <p>The pinned experiment is too large for the Worker, which alone trains here.</p>}
      {pinned?.isStopped && <p>The pinned experiment: {stoppedInWords(pinned)}.</p>}
    </>
  )
}

/** The differences between two experiments, seed by seed: a strip for each quantity. */
export function SeedDifferences({ comparison: { quantities, seeds } }: { comparison: Comparison }) {
  return (
    <div class="paired">
      {comparedQuantityTexts.map(({ quantity, title, digits }) => (
        <Differences key={quantity} title={title} digits={digits} compared={quantities[quantity]} seeds={seeds} />
      ))}
    </div>
  )
}

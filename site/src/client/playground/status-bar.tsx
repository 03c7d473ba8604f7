/**
 * The status of the training in the top bar: how far it is, with a button that stops it, and a badge that says whether
 * the Worker has the same bits. Below the bar, what there is to say of the last change and of the other side of a
 * comparison.
 */
import { otherSide } from '#charts/sides.ts'
import { excessOf } from '#experiment/spec/budget.ts'
import { AdjustedLine } from '#playground-view/adjusted-setting.tsx'
import { editedSide } from '#playground-view/sides.ts'

import type { LiveState } from './live-state.ts'
import type { State } from './state.ts'
import { badgeInShort, badgeInWords, hasRunsToKeep, stoppedInWords } from './status-text.ts'
import type { WorkerCheckStatus } from './worker-check.ts'

interface StatusBarProps {
  state: State
  /** What is known of the Worker's result. */
  worker: WorkerCheckStatus
  version: string
  onStop: () => void
  /** Goes on with what was stopped. */
  onResume: () => void
}

/** The shown experiment and the one on the other side, as far as they are trained. */
function trainedOf({ spec, shown: { pin }, live, pinned }: State) {
  const own = live && live.spec === spec ? live : undefined
  const beside = pinned && pinned.spec === pin ? pinned : undefined
  return { own, beside, both: [own, beside].filter((one) => one !== undefined) }
}

/** The badge, and while something is trained its progress. */
export function StatusBar({ state, worker, version, onStop, onResume }: StatusBarProps) {
  const { spec, failure } = state
  const { own, both } = trainedOf(state)
  const running = both.find(({ isOver, isStopped }) => !isOver && !isStopped)
  const stopped = both.filter(({ isStopped }) => isStopped)
  const fingerprint = own?.isOver ? own.result.fingerprint : undefined
  const isOurs = spec.engine === 'fused' && failure === undefined
  const here = { isOurs, fingerprint, isTooLarge: excessOf(spec) !== undefined || spec.dataset === 'own' }
  return (
    <div class="instrument-now">
      {running && (
        <>
          <progress
            value={running.progress}
            aria-label={running === own ? 'training' : `training ${otherSide(editedSide(state.shown))}`}
          />
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
      <details class="badge">
        <summary>{own?.isStopped ? 'stopped' : badgeInShort(worker, here, version)}</summary>
        <p class="instrument-badge">{own?.isStopped ? stoppedInWords(own) : badgeInWords(worker, here, version)}</p>
      </details>
    </div>
  )
}

/** What there is to say of the last change, and of the other side. */
export function StatusNotes({ state }: { state: State }) {
  const { spec, shown, failure, adjusted, own } = state
  const { beside } = trainedOf(state)
  const isOurs = spec.engine === 'fused' && failure === undefined
  return (
    <>
      {own !== undefined && spec.dataset === 'own' && <p>{own}</p>}
      {failure !== undefined && <p>The Worker alone trains here, when the hand rests: {failure}.</p>}
      {adjusted.map((one) => (
        <p key={one.field} class="in-sentence">
          <AdjustedLine adjusted={one} />
        </p>
      ))}
      {shown.pin && <OtherSideNotes state={state} beside={beside} isWorkers={!isOurs} />}
    </>
  )
}

interface OtherSideNotesProps {
  state: State
  /** The experiment on the other side, as far as it is trained. */
  beside: LiveState | undefined
  /** The Worker alone trains. */
  isWorkers: boolean
}

/** Why the experiment on the other side has fewer runs than the one that is shown, or none. */
function OtherSideNotes({ state: { spec, shown }, beside, isWorkers }: OtherSideNotesProps) {
  const pin = shown.pin!
  const letter = otherSide(editedSide(shown))
  return (
    <>
      {pin.seeds < spec.seeds && (
        <p>
          {letter} has {pin.seeds} of the {spec.seeds} seeds: its {pin.epochs} epochs allow no more.
        </p>
      )}
      {isWorkers && excessOf(pin) && <p>{letter} is too large for the Worker, which alone trains here.</p>}
      {beside?.isStopped && (
        <p>
          {letter}: {stoppedInWords(beside)}.
        </p>
      )}
    </>
  )
}

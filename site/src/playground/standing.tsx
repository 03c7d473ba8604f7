/**
 * How far the experiment is, what the Worker says of it, and what it is beside the pinned one.
 */
import { excessOf } from '#experiment/budget.ts'
import type { Comparison } from '#experiment/result.ts'
import type { ExperimentSpec } from '#experiment/spec.ts'
import { writeAddress } from '#instrument/address.ts'
import { GaveWayLine } from '#instrument/gave-way.tsx'

import { comparedInWords } from './compared.ts'
import { badgeInWords, type EdgeNews } from './edge.ts'
import type { Live } from './laboratory.ts'
import { Paired } from './paired.tsx'
import type { Scene } from './session.ts'
import { hasRunsToKeep, stoppedInWords } from './stopped.ts'

interface StandingProps {
  scene: Scene
  edge: EdgeNews
  /** With the pinned experiment, where that is trained. */
  comparison: Comparison | undefined
  version: string
  onStop: () => void
  /** Goes on with what was stopped. */
  onResume: () => void
}

export function Standing({ scene, edge, comparison, version, onStop, onResume }: StandingProps) {
  const { spec, shown, live, pinned, failure, gaveWay } = scene
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
          {own?.isStopped ? stoppedInWords(own) : badgeInWords(edge, { isOurs, fingerprint }, version)}
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
      {gaveWay.map((one) => (
        <p key={one.field} class="in-sentence">
          <GaveWayLine gaveWay={one} />
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
          <Paired comparison={comparison} />
        </div>
      )}
    </>
  )
}

interface PinNotesProps {
  spec: ExperimentSpec
  pin: ExperimentSpec
  pinned: Live | undefined
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

/**
 * How far the experiment is, what the Worker says of it, and what it is beside the pinned one.
 */
import type { Comparison } from '#experiment/result.ts'
import { writeAddress } from '#instrument/address.ts'

import { comparedInWords } from './compared.ts'
import { badgeInWords, type EdgeNews } from './edge.ts'
import { Paired } from './paired.tsx'
import type { Scene } from './session.ts'

interface StandingProps {
  scene: Scene
  edge: EdgeNews
  /** With the pinned experiment, where that is trained. */
  comparison: Comparison | undefined
  version: string
  onStop: () => void
}

export function Standing({ scene, edge, comparison, version, onStop }: StandingProps) {
  const { spec, shown, live, failure, gaveWay } = scene
  if (!live) return null
  const isRunning = live.spec === spec && !live.isOver
  const fingerprint = live.isOver && live.spec === spec ? live.result.fingerprint : undefined
  const isOurs = spec.engine === 'fused' && failure === undefined
  const { pin, ...unpinned } = shown
  return (
    <>
      <div class="instrument-now">
        <p class="instrument-badge">{badgeInWords(edge, { isOurs, fingerprint }, version)}</p>
        {isRunning && (
          <>
            <progress value={live.progress} aria-label="training" />
            <button type="button" onClick={onStop}>
              Stop
            </button>
          </>
        )}
      </div>
      {failure !== undefined && <p>The Worker alone trains here, when the hand rests: {failure}.</p>}
      {gaveWay.length > 0 && <p>Changed along with it, to what is allowed: {gaveWay.join(', ')}.</p>}
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

/**
 * One update in slow motion: the examples of the batch, the gradient of each and their mean, the loss and the decision
 * boundary before and after the step. It begins with the first update, the one at the cursor, or that of the worst drop.
 */
import { useEffect, useState } from 'preact/hooks'

import type { Subject } from '#charts/chart-type.ts'
import { decimal } from '#charts/text/format.ts'
import { datasetKey } from '#datasets/dataset-key.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'
import { isInPlane } from '#experiment/spec/data-kind.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { updates } from '#experiment/spec/training-size.ts'
import { runPositionAfter, type RunPosition } from '#playground-view/run-position.ts'
import type { Step } from '#training/fused/step.ts'

import { BatchPlane } from './batch-plane.tsx'
import { GradientPlane } from './gradient-plane.tsx'
import { dropInWords, origins, updateInWords, updatesBefore, worstDropOf, type Origin } from './update-moments.ts'
import { useUpdate } from './use-update.ts'

export interface SlowMotionProps {
  /** The experiment, as far as it is trained. */
  result: ExperimentResult
  /** The cursor. */
  place: RunPosition
  /** The plane as it is drawn beside the curves; undefined for data with more than two features. */
  drawing: Subject | undefined
}

/** How long a step is looked at before it is taken, and after, in milliseconds. */
const look = 900

const originNames: Readonly<Record<Origin, string>> = {
  first: 'first update',
  drop: 'the worst drop',
  cursor: 'at the cursor',
}

export function SlowMotionPanel({ result, place, drawing }: SlowMotionProps) {
  const { spec } = result
  const drop = worstDropOf(result)
  const [{ origin, further }, setFrom] = useState<{ origin: Origin; further: number }>({ origin: 'first', further: 0 })
  const [isAfter, setAfter] = useState(false)
  const [isPlaying, setPlaying] = useState(false)
  const last = updates(spec) - 1
  const begin = updatesBefore(spec, origin, { drop, place })
  const made = Math.max(0, Math.min(last, begin + further))
  const moment = runPositionAfter(spec, made)
  const seen = useUpdate(spec, moment)
  // The plane may still be that of the experiment before, whose examples are others.
  const shown = seen && drawing?.data && isOfSameData(drawing.results[0].spec, seen.spec) ? drawing : undefined
  useEffect(() => {
    if (!isPlaying || !seen) return undefined
    const timer = setTimeout(() => {
      setAfter(!isAfter)
      if (!isAfter) return
      if (made < last) setFrom({ origin, further: made + 1 - begin })
      else setPlaying(false)
    }, look)
    return () => clearTimeout(timer)
  }, [isPlaying, seen, isAfter, origin, made, begin, last])
  const goTo = (next: { origin: Origin; further: number }) => {
    setPlaying(false)
    setAfter(false)
    setFrom(next)
  }
  const stepBy = (change: 1 | -1) => goTo({ origin, further: made + change - begin })
  return (
    <div class="slow-motion-open">
      <div class="slow-motion-origins" role="group" aria-label="Begin with">
        {origins.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={origin === one && made === begin}
            disabled={one === 'drop' && !drop}
            onClick={() => goTo({ origin: one, further: 0 })}
          >
            {originNames[one]}
          </button>
        ))}
      </div>
      <div class="transport" role="group" aria-label="Updates of the run">
        <button type="button" aria-label="play" aria-pressed={isPlaying} onClick={() => setPlaying(!isPlaying)}>
          {isPlaying ? '❚❚' : '▶'}
        </button>
        <button type="button" aria-label="an update back" disabled={made === 0} onClick={() => stepBy(-1)}>
          ‹
        </button>
        <button type="button" aria-label="an update on" disabled={made >= last} onClick={() => stepBy(1)}>
          ›
        </button>
        <output aria-live={isPlaying ? 'off' : 'polite'}>{updateInWords(spec, moment)}</output>
        <label>
          <input type="checkbox" checked={isAfter} onChange={() => setAfter(!isAfter)} /> after the step
        </label>
      </div>
      {origin === 'drop' && drop && moment.epoch === drop.epoch - 1 && <p>{dropInWords(drop)}</p>}
      {seen === null && <p>The run does not get this far: it diverged before.</p>}
      {seen && (
        <>
          <LossTable step={seen.step} />
          {!isInPlane(spec) && (
            <p>These examples have more than two features, so there is no plane to draw their decision boundary in.</p>
          )}
          <div class="slow-motion-pictures">
            {seen.boundaries && shown && (
              <BatchPlane drawing={shown} boundaries={seen.boundaries} isAfter={isAfter} rows={seen.step.rows} />
            )}
            <GradientPlane step={seen.step} />
          </div>
        </>
      )}
    </div>
  )
}

/** Whether two experiments have the same examples. */
const isOfSameData = (one: ExperimentSpec, other: ExperimentSpec) => datasetKey(one) === datasetKey(other)

/** The losses before and after the step. */
function LossTable({ step: { losses, rows } }: { step: Step }) {
  const { before, after } = losses
  const signed = (change: number) => `${change < 0 ? '−' : '+'}${decimal(Math.abs(change), 4)}`
  const names = [
    ['batch', rows.length === 1 ? 'the batch’s one example' : `the batch’s ${rows.length} examples`],
    ['train', 'all train examples'],
  ] as const
  return (
    <table class="slow-motion-losses">
      <caption class="unseen">The loss before and after the step</caption>
      <thead>
        <tr>
          <th scope="col">loss</th>
          <th scope="col">before</th>
          <th scope="col">after</th>
          <th scope="col">change</th>
        </tr>
      </thead>
      <tbody>
        {names.map(([of, name]) => (
          <tr key={of}>
            <th scope="row">{name}</th>
            <td>{decimal(before[of], 4)}</td>
            <td>{decimal(after[of], 4)}</td>
            <td>{signed(after[of] - before[of])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

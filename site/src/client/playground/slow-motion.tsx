/**
 * One update in slow motion: the examples of the batch, the gradient of each and their mean, and the decision boundary
 * before and after the step.
 */
import { useEffect, useMemo, useState } from 'preact/hooks'

import { round } from '#charts/axes/frame.tsx'
import { planeExamples } from '#charts/axes/labeled-examples.ts'
import { planeOf } from '#charts/axes/plane.ts'
import { present, type Subject } from '#charts/chart-type.ts'
import { wholeNumber } from '#charts/text/format.ts'
import decisionBoundary, { boundaryWords } from '#charts/types/decision-boundary.tsx'
import type { Boundary } from '#experiment/result/boundary.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { stepsPerEpoch } from '#experiment/spec/training-size.ts'
import type { RunPosition } from '#playground-view/run-position.ts'
import type { Step } from '#training/fused/step.ts'

import { createTrainer, TrainerError } from '../trainer/trainer.ts'
import { Explored, type Explorable } from './explored.tsx'
import { GradientPlane } from './gradient-plane.tsx'

interface SlowMotionProps {
  spec: ExperimentSpec
  /** Where the cursor is: the updates shown are those of the epoch that it is in, or that has just ended. */
  place: RunPosition
  /** The plane as it is drawn beside the curves. */
  drawing: Subject | undefined
}

/** How long a step is looked at before it is taken, and after, in milliseconds. */
const look = 900

export function SlowMotion({ spec, place, drawing }: SlowMotionProps) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details class="slow-motion" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>One update in slow motion</summary>
      {isOpen && drawing?.data && drawing.boundary && spec.engine === 'fused' && (
        <Open key={`${place.epoch} ${place.step}`} spec={spec} place={place} drawing={drawing} />
      )}
    </details>
  )
}

/** What is known of an update. */
interface Seen {
  step: Step
  before: Boundary
  after: Boundary
}

function Open({ spec, place, drawing }: SlowMotionProps & { drawing: Subject }) {
  // Between two epochs it begins with the update that follows.
  const epoch = place.step > 0 ? place.epoch + 1 : place.epoch
  const updates = stepsPerEpoch(spec, epoch - 1)
  const [at, setAt] = useState(place.step)
  const [isAfter, setAfter] = useState(false)
  const [isPlaying, setPlaying] = useState(false)
  const index = Math.min(at, updates - 1)
  const seen = useUpdate(spec, epoch - 1, index)
  useEffect(() => {
    if (!isPlaying || !seen) return undefined
    const timer = setTimeout(() => {
      setAfter(!isAfter)
      if (isAfter) setAt((index + 1) % updates)
    }, look)
    return () => clearTimeout(timer)
  }, [isPlaying, seen, isAfter, index, updates])
  const goTo = (next: number) => {
    setPlaying(false)
    setAfter(false)
    setAt(next)
  }
  return (
    <div class="slow-motion-open">
      <div class="transport" role="group" aria-label="Updates of the epoch">
        <button type="button" aria-label="play" aria-pressed={isPlaying} onClick={() => setPlaying(!isPlaying)}>
          {isPlaying ? '❚❚' : '▶'}
        </button>
        <button type="button" aria-label="an update back" disabled={index === 0} onClick={() => goTo(index - 1)}>
          ‹
        </button>
        <button type="button" aria-label="an update on" disabled={index >= updates - 1} onClick={() => goTo(index + 1)}>
          ›
        </button>
        <output aria-live={isPlaying ? 'off' : 'polite'}>
          update {wholeNumber(index + 1)} of {wholeNumber(updates)} in epoch {epoch}
        </output>
        <label>
          <input type="checkbox" checked={isAfter} onChange={() => setAfter(!isAfter)} /> after the step
        </label>
      </div>
      {seen ? (
        <div class="slow-motion-pictures">
          <Batch drawing={drawing} boundary={isAfter ? seen.after : seen.before} rows={seen.step.rows} />
          <GradientPlane step={seen.step} />
        </div>
      ) : (
        <p>The run does not get this far: it diverged before.</p>
      )}
    </div>
  )
}

/** The update that follows on a moment, with the boundary before and after it; undefined until it is known. */
function useUpdate(spec: ExperimentSpec, epoch: number, step: number): Seen | undefined {
  const trainer = useMemo(() => createTrainer(), [])
  const [seen, setSeen] = useState<Seen>()
  useEffect(() => {
    let isOld = false
    const ask = async () => {
      try {
        const taken = await trainer.stepAt(spec, { epoch, step })
        const before = await trainer.boundaryAt(spec, { epoch, step })
        const after = await trainer.boundaryAt(spec, { epoch, step: step + 1 })
        if (!isOld) setSeen(taken && before && after ? { step: taken, before, after } : undefined)
      } catch (error) {
        // The status bar says that the browser cannot train.
        if (!(error instanceof TrainerError)) throw error
      }
    }
    void ask()
    return () => {
      isOld = true
    }
  }, [trainer, spec, epoch, step])
  return seen
}

/** The decision boundary with rings around the examples of a batch. */
interface BatchSubject extends Subject {
  /** The training rows of the batch. */
  rows: Uint32Array
}

const batchPicture: Explorable<BatchSubject> = {
  height: decisionBoundary.height,
  explore: decisionBoundary.explore,
  draw(subject, { width, height, ...frame }) {
    const { results, data, boundary, rows } = subject
    const examples = planeExamples(present(data))
    const words = boundaryWords(results[0].spec, examples)
    const { x, y } = planeOf(present(boundary).extent, { width, height }, words)
    return (
      <div class="lit">
        {decisionBoundary.draw(subject, { width, height, ...frame })}
        <svg class="chart" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
          {Array.from(rows, (row) => {
            const [px, py] = examples.points[row]!
            return <circle key={row} class="ring" cx={round(x(px))} cy={round(y(py))} r={6} />
          })}
        </svg>
      </div>
    )
  },
}

/** The plane with the examples of the batch ringed. */
function Batch({ drawing, boundary, rows }: { drawing: Subject; boundary: Boundary; rows: Uint32Array }) {
  const shown = useMemo(() => ({ ...drawing, boundary, rows }), [drawing, boundary, rows])
  const words =
    rows.length === 1
      ? 'The one example of the batch is ringed.'
      : `The ${wholeNumber(rows.length)} examples of the batch are ringed.`
  return (
    <figure>
      <Explored kind={batchPicture} drawing={shown} name="point">
        {(reading) => <figcaption>{reading?.brief ?? words}</figcaption>}
      </Explored>
    </figure>
  )
}

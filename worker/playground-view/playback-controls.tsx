/**
 * The way through a run, along the epoch axis: play, pause, a step by epoch or by update, and where it stands. It works
 * where the page has hands; the Worker's page keeps its place.
 */
import type { View } from '#charts/view.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import {
  endOf,
  runPositionAt,
  runPositionText,
  positionOf,
  readingText,
  stepFrom,
  unitOf,
  units,
  type RunPosition,
  type Unit,
} from './run-position.ts'

/** How many epochs go by in a second while it plays. */
export const speeds = [5, 20, 60] as const
export type Speed = (typeof speeds)[number]

interface TransportProps {
  spec: ExperimentSpec
  place: RunPosition
  /** What the chart counts across: the slider goes by the same. */
  axis: View['axis']
  /** The values of the curves there: `train 0.590, test 0.652`. The page that the Worker renders has none. */
  values?: string | undefined
  isPlaying: boolean
  speed: Speed
  /** What a step goes by. */
  unit: Unit
  actions?: PlaybackActions | undefined
}

export interface PlaybackActions {
  goTo: (place: RunPosition) => void
  play: (isPlaying: boolean) => void
  setSpeed: (speed: Speed) => void
  setUnit: (unit: Unit) => void
}

/** The controls. */
export function PlaybackControls({ spec, place, axis, values, isPlaying, speed, unit, actions }: TransportProps) {
  const isOff = !actions
  const step = (direction: 1 | -1, name: string, sign: string) => {
    const next = stepFrom(spec, place, unit, direction)
    return (
      <button type="button" aria-label={name} disabled={isOff || !next} onClick={() => next && actions?.goTo(next)}>
        {sign}
      </button>
    )
  }
  return (
    <div class="transport scripted" role="group" aria-label="Way through the run">
      <button
        type="button"
        aria-pressed={isPlaying}
        aria-label="play"
        disabled={isOff}
        onClick={() => actions?.play(!isPlaying)}
      >
        {isPlaying ? '❚❚' : '▶'}
      </button>
      {step(-1, `an ${unit} back`, '‹')}
      <input
        type="range"
        aria-label={unitOf(axis)}
        aria-valuetext={readingText(spec, axis, place, values)}
        min={1}
        max={endOf(spec, axis)}
        value={Math.max(1, positionOf(spec, axis, place))}
        disabled={isOff}
        onInput={({ currentTarget }) => actions?.goTo(runPositionAt(spec, axis, Number(currentTarget.value)))}
      />
      {step(1, `an ${unit} on`, '›')}
      {/* While it plays a screen reader would be given every epoch. */}
      <output aria-live={isPlaying ? 'off' : 'polite'}>{runPositionText(spec, axis, place)}</output>
      <label>
        <span>step</span>{' '}
        <select disabled={isOff} onChange={({ currentTarget }) => actions?.setUnit(currentTarget.value as Unit)}>
          {units.map((choice) => (
            <option key={choice} value={choice} selected={choice === unit}>
              by {choice}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>speed</span>{' '}
        <select
          disabled={isOff}
          onChange={({ currentTarget }) => actions?.setSpeed(Number(currentTarget.value) as Speed)}
        >
          {speeds.map((choice) => (
            <option key={choice} value={choice} selected={choice === speed}>
              {choice} epochs/s
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}

/**
 * The playback controls of a run: play, pause, steps by epoch or update, and the current position. They need scripts;
 * the Worker's page shows them disabled, so that they keep their space.
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

/** Playback speeds in epochs per second. */
export const speeds = [5, 20, 60] as const
export type Speed = (typeof speeds)[number]

interface TransportProps {
  spec: ExperimentSpec
  place: RunPosition
  /** The unit of the chart's horizontal axis, which the slider uses as well. */
  axis: View['axis']
  /**
   * The values of the curves at the position, `train 0.590, test 0.652`; missing in the page that the Worker renders.
   */
  values?: string | undefined
  isPlaying: boolean
  speed: Speed
  /** The unit of a step. */
  unit: Unit
  actions?: PlaybackActions | undefined
}

export interface PlaybackActions {
  goTo: (place: RunPosition) => void
  play: (isPlaying: boolean) => void
  setSpeed: (speed: Speed) => void
  setUnit: (unit: Unit) => void
}

/** The playback controls. */
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
      {/* During playback, a screen reader would announce every epoch. */}
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

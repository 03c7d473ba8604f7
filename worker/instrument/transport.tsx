/**
 * The way through a run, along the epoch axis: play, pause, a step, and where it stands. It works where the page has
 * hands; the Worker's page keeps its place.
 */

/** How many epochs go by in a second while it plays. */
export const speeds = [5, 20, 60] as const
export type Speed = (typeof speeds)[number]

interface TransportProps {
  epochs: number
  /** Where it stands, from 1. */
  epoch: number
  isPlaying: boolean
  speed: Speed
  actions?: TransportActions | undefined
}

export interface TransportActions {
  goTo: (epoch: number) => void
  play: (isPlaying: boolean) => void
  setSpeed: (speed: Speed) => void
}

/** The controls. */
export function Transport({ epochs, epoch, isPlaying, speed, actions }: TransportProps) {
  const isOff = !actions
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
      <button
        type="button"
        aria-label="an epoch back"
        disabled={isOff || epoch <= 1}
        onClick={() => actions?.goTo(epoch - 1)}
      >
        ‹
      </button>
      <input
        type="range"
        aria-label="epoch"
        min={1}
        max={epochs}
        value={epoch}
        disabled={isOff}
        onInput={({ currentTarget }) => actions?.goTo(Number(currentTarget.value))}
      />
      <button
        type="button"
        aria-label="an epoch on"
        disabled={isOff || epoch >= epochs}
        onClick={() => actions?.goTo(epoch + 1)}
      >
        ›
      </button>
      <output>
        epoch {epoch} of {epochs}
      </output>
      <label>
        speed{' '}
        <select
          disabled={isOff}
          onChange={({ currentTarget }) => actions?.setSpeed(Number(currentTarget.value) as Speed)}
        >
          {speeds.map((choice) => (
            <option key={choice} value={choice} selected={choice === speed}>
              {choice} epochs a second
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}

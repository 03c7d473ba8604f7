/**
 * The slider below a picture that is read out: it takes the picture's cursor from stop to stop by keys. It works where the
 * page has hands; the Worker's page keeps its place.
 */

/** What is read at a stop, in words: all of it, and in one line. */
export interface Reading {
  all: string
  brief: string
}

interface ReadoutSliderProps {
  /** What the cursor goes through: `point`. */
  name: string
  /** How many places the cursor can be at. */
  stops: number
  /** Where it is; nowhere until the reader moves it. */
  stop?: number | undefined
  reading?: Reading | undefined
  /** Moves the cursor, or takes it away. */
  moveTo?: ((stop: number | undefined) => void) | undefined
}

/** The slider, with its name beside it. */
export function ReadoutSlider({ name, stops, stop, reading, moveTo }: ReadoutSliderProps) {
  return (
    <label class="readout-slider scripted">
      {name}
      <input
        type="range"
        aria-valuetext={reading?.all ?? 'nowhere'}
        min={0}
        max={stops - 1}
        value={stop ?? 0}
        disabled={!moveTo}
        onInput={({ currentTarget }) => moveTo?.(Number(currentTarget.value))}
        onFocus={({ currentTarget }) => moveTo?.(Number(currentTarget.value))}
        onKeyDown={({ key }) => key === 'Escape' && moveTo?.(undefined)}
      />
    </label>
  )
}

/**
 * The slider below a picture whose values are read out: it moves the picture's cursor from stop to stop by keyboard. It
 * needs scripts; the Worker's page shows it disabled, so that it keeps its space.
 */

/** The text at a stop: complete, and in one short line. */
export interface Reading {
  all: string
  brief: string
}

interface ReadoutSliderProps {
  /** What the stops are: `point`. */
  name: string
  /** The number of stops. */
  stops: number
  /** The current stop; undefined until the reader moves the cursor. */
  stop?: number | undefined
  reading?: Reading | undefined
  /** Moves the cursor, or removes it. */
  moveTo?: ((stop: number | undefined) => void) | undefined
  /** The stop that a key moves to, where that is not the next or previous one. */
  moved?: ((stop: number, event: KeyboardEvent) => number | undefined) | undefined
  /** Chooses what is at the stop, by Enter. */
  onChoose?: (() => void) | undefined
}

/** The slider with its label. */
export function ReadoutSlider({ name, stops, stop, reading, moveTo, moved, onChoose }: ReadoutSliderProps) {
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
        onKeyDown={(event) => {
          if (event.key === 'Escape') moveTo?.(undefined)
          const next = moved?.(stop ?? 0, event)
          if (next !== undefined) {
            event.preventDefault()
            moveTo?.(next)
          }
          if (event.key !== 'Enter' || !onChoose) return
          event.preventDefault()
          onChoose()
        }}
      />
    </label>
  )
}

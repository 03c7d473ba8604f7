/**
 * The interface for exploring a chart: a cursor moves from stop to stop, by pointer or keyboard, and reads the values
 * there.
 */

/** A position on a drawing, in its pixels. */
export interface Position {
  x: number
  y: number
}

/** The explorer of a chart. */
export interface Explorer {
  /** The number of stops of the cursor. */
  stops: number
  /**
   * The stop nearest to a position on the drawing. It may be outside the range of stops, and is undefined far from all
   * of them.
   *
   * @param began the position where the current drag began: curves follow a drag past the edges of their area
   */
  nearest: (position: Position, began?: Position) => number | undefined
  /**
   * The stop that a key moves to from another one, in a drawing whose stops have rows and columns: the arrows, Home and
   * End of a grid. Undefined for other keys.
   */
  moved?: (stop: number, key: { key: string; ctrlKey: boolean }) => number | undefined
  /** The values at a stop, in words. */
  read: (stop: number) => string
  /** The same in one short line, without what the drawing itself shows. */
  brief: (stop: number) => string
}

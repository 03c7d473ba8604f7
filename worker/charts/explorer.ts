/**
 * How a reader explores a chart: a cursor moves from stop to stop, by pointer or by keys, and reads what is there.
 */

/** On a drawing, in its pixels. */
export interface Position {
  x: number
  y: number
}

/** What a chart tells whoever moves its cursor. */
export interface Explorer {
  /** How many places the cursor can be at. */
  stops: number
  /**
   * The stop nearest to a position on the drawing, in its pixels; may lie outside the stops; undefined far from all.
   *
   * @param began where the drag that is under way began: curves follow it past the edges of their area
   */
  nearest: (position: Position, began?: Position) => number | undefined
  /** The values at a stop, in words. */
  read: (stop: number) => string
  /** The same in one line, without what the picture says itself. */
  brief: (stop: number) => string
}

/** Draws many dots as one short SVG path, for strokes with round ends. Used by the build and by the browser. */

/** The path of dots at whole numbers: from left to right, each relative to the last, because small steps are short. */
export function dotsPath(dots: readonly (readonly [x: number, y: number])[]): string {
  let [atX, atY] = [0, 0]
  return [...dots]
    .sort(([ax, ay], [bx, by]) => ax - bx || ay - by)
    .map(([x, y]) => {
      const step = `m${x - atX} ${y - atY}h0`.replace(' -', '-')
      ;[atX, atY] = [x, y]
      return step
    })
    .join('')
}

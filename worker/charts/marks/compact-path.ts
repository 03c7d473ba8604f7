/**
 * A writer for the `d` attribute of SVG paths that is compact and fast: relative steps in tenths of a pixel. Rounding
 * errors do not accumulate, because every step ends at a rounded position.
 *
 * Lines are straight between values, so that nothing is smoothed. (d3-shape would add all its curve types to the
 * browser's code.)
 */

/** Values along a line; null if missing. */
export type Column = readonly (number | null)[]
/** The horizontal positions of the values, in pixels. */
type Across = readonly number[]
/** The vertical position of a value, in pixels. */
type Up = (value: number) => number

/** The character codes that a path uses. */
const [blank, minus, dot, zero, M, l, z] = Array.from(' -.0Mlz', (character) => character.codePointAt(0)!) as [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
]
/** The most bytes of a step. */
const stepBytes = 32
const decoder = new TextDecoder()
/** A shared buffer in which one path is written at a time; unlike strings, bytes create no garbage. */
let buffer = new Uint8Array(1 << 16)

/**
 * Converts a position to tenths of a pixel.
 *
 * @throws RangeError if it is not finite, which a scale never gives for a finite value
 */
function tenths(position: number): number {
  if (!Number.isFinite(position)) throw new RangeError(`a path cannot lead to ${position}`)
  return Math.round(10 * position)
}

/** Writes a path step by step. Only one path can be written at a time: call `toString` before starting the next. */
export class CompactPath {
  #length = 0
  #x = 0
  #y = 0
  #isBegun = false

  /** Starts a subpath at a position, in pixels. */
  moveTo(x: number, y: number): void {
    this.#x = tenths(x)
    this.#y = tenths(y)
    this.#reserve()
    this.#put(M)
    this.#number(this.#x, false)
    this.#number(this.#y, true)
    this.#isBegun = false
  }

  /** Draws a line to a position, in pixels. */
  lineTo(x: number, y: number): void {
    const toX = tenths(x)
    const toY = tenths(y)
    this.#reserve()
    if (!this.#isBegun) this.#put(l)
    this.#number(toX - this.#x, this.#isBegun)
    this.#number(toY - this.#y, true)
    this.#x = toX
    this.#y = toY
    this.#isBegun = true
  }

  /** Closes the subpath. */
  close(): void {
    this.#reserve()
    this.#put(z)
  }

  /** Draws lines through values, interrupted at missing ones. A single value becomes a line of zero length. */
  lines(columns: readonly Column[], across: Across, up: Up): this {
    for (const values of columns) {
      let isDrawing = false
      for (let index = 0; index < values.length; index++) {
        const value = values[index] ?? null
        if (value === null) {
          isDrawing = false
          continue
        }
        const x = across[index]!
        const y = up(value)
        if (!isDrawing) this.moveTo(x, y)
        if (isDrawing || (values[index + 1] ?? null) === null) this.lineTo(x, y)
        isDrawing = true
      }
    }
    return this
  }

  /** Draws the area between two columns, which start at the same index and end together. */
  area(low: Column, high: Column, across: Across, up: Up): this {
    const missing = low.indexOf(null)
    const end = missing < 0 ? low.length : missing
    for (let index = 0; index < end; index++) {
      if (index === 0) this.moveTo(across[index]!, up(low[index]!))
      else this.lineTo(across[index]!, up(low[index]!))
    }
    for (let index = end - 1; index >= 0; index--) this.lineTo(across[index]!, up(high[index]!))
    if (end > 0) this.close()
    return this
  }

  toString(): string {
    return decoder.decode(buffer.subarray(0, this.#length))
  }

  #put(code: number): void {
    buffer[this.#length++] = code
  }

  #reserve(): void {
    if (this.#length + stepBytes <= buffer.length) return
    const larger = new Uint8Array(2 * buffer.length)
    larger.set(buffer)
    buffer = larger
  }

  /**
   * Writes a number of tenths, as `-1.5`, `.5` or `12`. After another number, a minus sign is enough to separate them.
   */
  #number(count: number, isBehind: boolean): void {
    if (count < 0) this.#put(minus)
    else if (isBehind) this.#put(blank)
    const size = Math.abs(count)
    const whole = Math.floor(size / 10)
    const fraction = size - 10 * whole
    if (whole > 0 || fraction === 0) this.#digits(whole)
    if (fraction === 0) return
    this.#put(dot)
    this.#put(zero + fraction)
  }

  #digits(value: number): void {
    if (value >= 10) this.#digits(Math.floor(value / 10))
    this.#put(zero + (value % 10))
  }
}

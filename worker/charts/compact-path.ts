/**
 * The `d` of an SVG path, short and quick to write: relative steps of tenths of a pixel. Rounding does not add up,
 * since every step ends at a rounded position.
 *
 * Lines are straight from value to value, so that nothing is smoothed. (d3-shape would bring all its curves along into
 * the browser.)
 */

/** Values along a line; null where there is none. */
export type Column = readonly (number | null)[]
/** The horizontal positions of the values, in pixels. */
type Across = readonly number[]
/** The vertical position of a value, in pixels. */
type Up = (value: number) => number

/** Writes a path step by step. */
export class CompactPath {
  #text = ''
  #x = 0
  #y = 0
  #isBegun = false

  /** Begins at a position, in pixels. */
  moveTo(x: number, y: number): void {
    this.#x = Math.round(10 * x)
    this.#y = Math.round(10 * y)
    this.#text += `M${inTenths(this.#x)}${separated(this.#y)}`
    this.#isBegun = false
  }

  /** Goes on to a position, in pixels. */
  lineTo(x: number, y: number): void {
    const toX = Math.round(10 * x)
    const toY = Math.round(10 * y)
    this.#text += this.#isBegun ? separated(toX - this.#x) : `l${inTenths(toX - this.#x)}`
    this.#text += separated(toY - this.#y)
    this.#x = toX
    this.#y = toY
    this.#isBegun = true
  }

  /** Goes back to where it began. */
  close(): void {
    this.#text += 'z'
  }

  /** Draws a line through values, interrupted where one is missing; a value alone is a line of no length. */
  line(values: Column, across: Across, up: Up): this {
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
    return this
  }

  /** Draws the area between two columns, which have their first values in common and end together. */
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
    return this.#text
  }
}

/** Steps up to this many tenths are looked up: making texts of numbers is most of the work. */
const looked = 1200
const texts = Array.from({ length: 2 * looked + 1 }, (_, index) => shortened(index - looked))

function inTenths(value: number): string {
  return texts[value + looked] ?? shortened(value)
}

/** A number behind another: a minus sign separates by itself. */
function separated(value: number): string {
  return value < 0 ? inTenths(value) : ` ${inTenths(value)}`
}

function shortened(tenths: number): string {
  return String(tenths / 10).replace(/^(-?)0\./, '$1.')
}

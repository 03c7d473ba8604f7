/**
 * The `d` of an SVG path, short and quick to write: relative steps of tenths of a pixel. Rounding does not add up,
 * since every step ends at a rounded position.
 */
import type { Line } from 'd3-shape'

/** The part of a canvas's context that d3-shape draws lines and areas on. */
export class CompactPath {
  #text = ''
  #x = 0
  #y = 0

  moveTo(x: number, y: number): void {
    this.#x = Math.round(10 * x)
    this.#y = Math.round(10 * y)
    this.#text += `M${inTenths(this.#x)}${separated(this.#y)}l`
  }

  lineTo(x: number, y: number): void {
    const toX = Math.round(10 * x)
    const toY = Math.round(10 * y)
    if (this.#text.endsWith('l')) this.#text += inTenths(toX - this.#x)
    else this.#text += separated(toX - this.#x)
    this.#text += separated(toY - this.#y)
    this.#x = toX
    this.#y = toY
  }

  closePath(): void {
    this.#text += 'z'
  }

  toString(): string {
    // A point alone is a line of no length.
    return this.#text.replace(/l(?=[Mz]|$)/g, 'l0 0')
  }
}

/** What d3-shape's generators take as a context. */
export type PathContext = NonNullable<Parameters<Line<never>['context']>[0]>

/** The path that a drawing leaves. */
export function compactPath(draw: (context: PathContext) => void): string {
  const path = new CompactPath()
  draw(path as unknown as PathContext)
  return path.toString()
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

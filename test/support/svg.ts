/** What a chart's SVG draws and where, read from its text. */
import { SaxesParser } from 'saxes'

interface Point {
  x: number
  y: number
}

/** A text of a chart, with the ends that it has by an estimate of its letters' width. */
export interface DrawnText {
  text: string
  left: number
  right: number
  baseline: number
}

export interface DrawnPath {
  /** Its classes, with those of what it stands in. */
  classes: string
  points: Point[]
}

/** The width of a digit or a letter of charts, in pixels: 13 px sans. */
const widthOf = { narrow: 3.8, digit: 7.2, letter: 6.4 }

/** An estimate of a text's width. */
function lengthOf(text: string): number {
  const width = (letter: string) =>
    /[ .,:;il|'()⁰¹²³⁴⁵⁶⁷⁸⁹⁻]/.test(letter) ? widthOf.narrow : /\d/.test(letter) ? widthOf.digit : widthOf.letter
  return Array.from(text).reduce((sum, letter) => sum + width(letter), 0)
}

/** The points that a path of `M`, `m`, `l`, `h`, `v`, and `z` goes through. */
function pointsOf(d: string): Point[] {
  const points: Point[] = []
  let [x, y] = [0, 0]
  for (const [, command = '', rest = ''] of d.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
    if (command === 'a') return points
    const numbers = (rest.match(/-?(?:\d+\.?\d*|\.\d+)/g) ?? []).map(Number)
    const step = command === 'h' || command === 'v' ? 1 : 2
    for (let at = 0; at < numbers.length; at += step) {
      if (command === 'M') [x, y] = [0, 0]
      x += command === 'v' ? 0 : numbers[at]!
      y += command === 'v' ? numbers[at]! : command === 'h' ? 0 : numbers[at + 1]!
      points.push({ x, y })
    }
  }
  return points
}

/** The paths and texts of a chart, and the sheet they stand on. */
export function readSvg(svg: string): { paths: DrawnPath[]; texts: DrawnText[]; width: number; height: number } {
  const paths: DrawnPath[] = []
  const texts: DrawnText[] = []
  const open: Record<string, string>[] = []
  let sheet: number[] = []
  const inherited = (name: string) => open.findLast((attributes) => attributes[name] !== undefined)?.[name]
  let current: { text: string } | undefined
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    const given = attributes as Record<string, string>
    open.push(given)
    if (name === 'svg') sheet = (given['viewBox'] ?? '').split(' ').map(Number)
    if (name === 'text') current = { text: '' }
    if (name === 'path')
      paths.push({ classes: open.map((one) => one['class'] ?? '').join(' '), points: pointsOf(given['d'] ?? '') })
  })
  parser.on('text', (text) => {
    if (current) current.text += text
  })
  parser.on('closetag', ({ name }) => {
    if (name === 'text' && current) {
      const x = Number(inherited('x'))
      const length = lengthOf(current.text)
      const before = { start: 0, middle: 0.5, end: 1 }[inherited('text-anchor') ?? 'start'] ?? 0
      texts.push({
        text: current.text,
        left: x - before * length,
        right: x + (1 - before) * length,
        baseline: Number(inherited('y')),
      })
      current = undefined
    }
    open.pop()
  })
  parser.write(svg).close()
  return { paths, texts, width: (sheet[0] ?? 0) + (sheet[2] ?? 0), height: (sheet[1] ?? 0) + (sheet[3] ?? 0) }
}

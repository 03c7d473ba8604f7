/** Where the units of a network are in its picture, and how they are read out. */
import type { Connection, NetworkView, ShownLayer, ShownUnit } from '#experiment/result/network-view.ts'

import type { Size } from '../axes/frame.tsx'
import type { Explorer } from '../explorer.ts'
import { decimal, wholeNumber } from '../text/format.ts'

/** The largest size of a unit's picture, and the space that its name takes below it, in pixels. */
const [largestUnit, nameHeight] = [44, 22]
/** The height of the headings above the columns: two lines. */
const headings = 44
/** Space at the left and the right. */
const edge = 8
/** How far a pointer may be from a unit's picture, in pixels. */
const selectDistance = 10

/** A unit with its place: the center of its picture. */
export interface PlacedUnit {
  unit: ShownUnit
  layer: ShownLayer
  /** The number of the layer, where the inputs are 0. */
  number: number
  x: number
  y: number
}

/** A column of the picture. */
interface Column {
  layer: ShownLayer
  number: number
  x: number
  units: PlacedUnit[]
}

export interface NetworkLayout {
  columns: Column[]
  /** All units in the order in which they are read: column by column, from the top. */
  units: PlacedUnit[]
  /** The size of a unit's picture. */
  size: number
  /** The distance between two columns. */
  pitch: number
}

const visible = ({ layers }: NetworkView) =>
  layers.map((layer, number) => ({ layer, number })).filter(({ layer }) => layer.shown.length > 0)

function unitSize(view: NetworkView, width: number): number {
  return Math.min(largestUnit, Math.floor((width - 2 * edge) / (2 * visible(view).length - 1)))
}

/** The height of the picture at a width. */
export function networkHeight(view: NetworkView, width: number): number {
  const most = Math.max(...view.layers.map(({ shown }) => shown.length))
  return headings + most * (unitSize(view, width) + nameHeight)
}

/** Places the columns from left to right, each centered. */
export function layoutNetwork(view: NetworkView, { width, height }: Size): NetworkLayout {
  const size = unitSize(view, width)
  const shown = visible(view)
  const left = edge + size / 2
  const pitch = (width - 2 * left) / Math.max(1, shown.length - 1)
  const rowHeight = size + nameHeight
  const columns = shown.map(({ layer, number }, index): Column => {
    const x = left + index * pitch
    const top = headings + (height - headings - layer.shown.length * rowHeight) / 2
    const units = layer.shown.map((unit, row) => ({ unit, layer, number, x, y: top + row * rowHeight + size / 2 }))
    return { layer, number, x, units }
  })
  return { columns, units: columns.flatMap(({ units }) => units), size, pitch }
}

/** The heading of a column, in two lines: `layer 1`, `8 of 50`. */
export function columnHeading({ kind, units, shown }: ShownLayer, number: number): [string, string] {
  const name = kind === 'input' ? 'inputs' : kind === 'output' ? 'classes' : `layer ${number}`
  return [name, shown.length < units ? `${shown.length} of ${wholeNumber(units)}` : wholeNumber(units)]
}

/** A unit in words: `unit 7 of layer 1: bias 0.12, strongest weight from x 0.80, to class 2 −1.10`. */
export function readUnit({ unit, layer, number }: Omit<PlacedUnit, 'x' | 'y'>): string {
  const { name, bias, strongestIn, strongestOut } = unit
  const title = layer.kind === 'input' ? `input ${name}` : layer.kind === 'hidden' ? `${name} of layer ${number}` : name
  const weightInWords = (where: string, connection: Connection | null) =>
    connection ? [`${where} ${connection.name} ${decimal(connection.weight, 2)}`] : []
  const weights = [...weightInWords('from', strongestIn), ...weightInWords('to', strongestOut)].join(', ')
  return `${title}: ${bias === null ? '' : `bias ${decimal(bias, 2)}, `}strongest weight ${weights}`
}

/** The explorer of the units. */
export function exploreNetwork(view: NetworkView, size: Size): Explorer {
  const { units, size: edges } = layoutNetwork(view, size)
  const read = (stop: number) => readUnit(units[stop]!)
  return {
    stops: units.length,
    nearest: (at) => {
      const distances = units.map(({ x, y }) => Math.max(Math.abs(x - at.x), Math.abs(y - at.y)))
      const nearest = distances.indexOf(Math.min(...distances))
      return distances[nearest]! <= edges / 2 + selectDistance ? nearest : undefined
    },
    read,
    brief: read,
  }
}

/** What is shown, in a sentence. */
export function networkInWords({ layers }: NetworkView): string {
  const parts = layers.map(({ kind, units, shown }, number) => {
    const all = wholeNumber(units)
    if (kind === 'input') return `${all} ${units === 1 ? 'input' : 'inputs'}`
    if (kind === 'output') return `${all} classes`
    const left = units - shown.length
    return `${all} ${units === 1 ? 'unit' : 'units'} in layer ${number}${left > 0 ? ` (${shown.length} are shown, and ${wholeNumber(left)} more are not)` : ''}`
  })
  const isPart = layers.some(({ units, shown }) => shown.length > 0 && shown.length < units)
  const choice = isPart ? ' Shown are those with the largest outgoing weights at the end of the run.' : ''
  return `A network of ${parts.join(', ')}.${choice}`
}

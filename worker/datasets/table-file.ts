/**
 * The file format of the tables: a header in JSON, then one column after the other, then the labels.
 *
 * | bytes | content |
 * | --- | --- |
 * | 4 | the length of the header, uint32, little-endian |
 * | length | the header, {@link TableHeader} in UTF-8 |
 * | rows × width | for each feature the bytes of its values: the lowest byte of every row, then the next |
 * | rows | the label of each row |
 *
 * A value is a decimal number, stored as a whole number: 39.1 as 391 with one decimal. Divided by the power of ten, it is
 * the float64 that is closest to the decimal, as the parser of any language reads it.
 */
import type { Points } from './points.ts'

/** The examples of a table in the order of their source. */
export interface DataTable extends Points {
  featureNames: readonly string[]
  /** The names of the classes in alphabetical order: a label is an index into them. */
  classNames: readonly string[]
}

/** The names of a table, and how its values are stored. */
export interface TableHeader {
  rows: number
  classes: string[]
  features: {
    name: string
    /** Digits after the decimal point. */
    decimals: number
    /** The smallest value as a whole number. Values are stored as their difference from it. */
    least: number
    /** Bytes of a value. */
    width: number
  }[]
}

/** Reads a table's file. */
export function decodeTable(file: ArrayBuffer): DataTable {
  const bytes = new Uint8Array(file)
  const length = new DataView(file).getUint32(0, true)
  const { rows, classes, features } = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))) as TableHeader
  const coordinates = new Float64Array(rows * features.length)
  let at = 4 + length
  features.forEach(({ decimals, least, width }, feature) => {
    const unit = 10 ** decimals
    for (let row = 0; row < rows; row++) {
      let whole = 0
      for (let byte = width - 1; byte >= 0; byte--) whole = 256 * whole + bytes[at + byte * rows + row]!
      coordinates[row * features.length + feature] = (least + whole) / unit
    }
    at += width * rows
  })
  const featureNames = features.map(({ name }) => name)
  return { coordinates, labels: bytes.slice(at, at + rows), featureNames, classNames: classes }
}

/** Encodes a table in CSV as the file that `table-file.ts` reads. */
import type { TableHeader } from '../table-file.ts'

/** The file of a table. @param csv a header line, then numbers in every column but the last, which names the class */
export function encodeTable(csv: string): Uint8Array<ArrayBuffer> {
  const [names = [], ...cells] = csv
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','))
  const classes = [...new Set(cells.map((row) => row.at(-1)!))].toSorted()
  const columns = names.slice(0, -1).map((name, feature) =>
    columnOf(
      name,
      cells.map((row) => row[feature]!),
    ),
  )
  const header: TableHeader = {
    rows: cells.length,
    classes,
    features: columns.map(({ column }) => column),
  }
  const json = new TextEncoder().encode(JSON.stringify(header))
  const length = new Uint8Array(new Uint32Array([json.length]).buffer)
  const labels = cells.map((row) => classes.indexOf(row.at(-1)!))
  return Uint8Array.from([...length, ...json, ...columns.flatMap(({ bytes }) => bytes), ...labels])
}

/** The values of a feature as whole numbers of as few bytes as the largest needs. */
function columnOf(name: string, texts: readonly string[]) {
  const decimals = Math.max(...texts.map((text) => (String(Number(text)).split('.')[1] ?? '').length))
  const wholes = texts.map((text) => Math.round(Number(text) * 10 ** decimals))
  if (texts.some((text, row) => !Number.isSafeInteger(wholes[row]) || wholes[row]! / 10 ** decimals !== Number(text)))
    throw new RangeError(`${name}: a value has too many digits`)
  const least = Math.min(...wholes)
  const width = Math.ceil(Math.log2(Math.max(...wholes) - least + 1) / 8)
  const byteOf = (whole: number, byte: number) => Math.floor((whole - least) / 256 ** byte) % 256
  const bytes = Array.from({ length: width }, (_, byte) => wholes.map((whole) => byteOf(whole, byte)))
  return { column: { name, decimals, least, width }, bytes: bytes.flat() }
}

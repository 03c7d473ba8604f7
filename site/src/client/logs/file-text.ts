/**
 * The text of a file, decoded piece by piece, so that a large one neither fills the memory nor blocks the page. The
 * encoding is that of the byte order mark; without one it is UTF-16 if every second byte is zero, UTF-8 if the
 * beginning is valid UTF-8, and otherwise Windows-1252.
 */
import { UnreadableLog } from './log.ts'

/** The number of bytes of a piece: some milliseconds of parsing. */
const pieceBytes = 1 << 18
/** The bytes from which encoding and format are recognized. */
const headBytes = 1 << 16

/** A piece of a text, and the share of the file that has been read with it. */
export interface TextPiece {
  text: string
  done: number
  isLast: boolean
}

/** File signatures of formats that people keep beside their logs, and what to do with them. */
const signatures: readonly { starts: readonly number[]; name: string; advice: string }[] = [
  { starts: [0x50, 0x4b, 3, 4], name: 'a ZIP or Excel file', advice: 'Save the sheet as CSV.' },
  { starts: [0x1f, 0x8b], name: 'a gzip file', advice: 'Unpack it first.' },
  { starts: [0x89, 0x48, 0x44, 0x46], name: 'an HDF5 file', advice: 'Save the history as CSV or JSON.' },
  { starts: [0x25, 0x50, 0x44, 0x46], name: 'a PDF file', advice: 'Choose the log itself, as CSV or JSON.' },
  { starts: [0x89, 0x50, 0x4e, 0x47], name: 'a picture', advice: 'Choose the log itself, as CSV or JSON.' },
  { starts: [0x80], name: 'a Python pickle', advice: 'Save the history as CSV or JSON.' },
]

/**
 * The name of the text's encoding.
 *
 * @param head the first bytes of the file
 * @throws UnreadableLog if it is not a text
 */
export function encodingOf(head: Uint8Array): string {
  const starts = (...bytes: number[]) => bytes.every((byte, index) => head[index] === byte)
  if (starts(0xff, 0xfe)) return 'utf-16le'
  if (starts(0xfe, 0xff)) return 'utf-16be'
  if (starts(0xef, 0xbb, 0xbf)) return 'utf-8'
  const known = signatures.find((signature) => starts(...signature.starts))
  if (known) throw new UnreadableLog(`This is ${known.name}, not a text. ${known.advice}`)
  const zeros = [0, 0]
  head.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2]!++
  })
  const [even = 0, odd = 0] = zeros
  const half = head.length / 2
  // Logs are mostly ASCII, so one byte of each pair is zero.
  if (odd > 0.6 * half && even < 0.1 * half) return 'utf-16le'
  if (even > 0.6 * half && odd < 0.1 * half) return 'utf-16be'
  const zero = head.indexOf(0)
  if (zero >= 0) {
    const advice = 'If it is an event file of TensorBoard, open it there and download the curve as CSV.'
    throw new UnreadableLog(`This is not a text: byte ${zero + 1} is zero. ${advice}`)
  }
  try {
    // A character that the end cuts in two is no error.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return 'utf-8'
  } catch {
    return 'windows-1252'
  }
}

/** The first bytes of a file. */
export async function headOf(file: Blob): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(0, headBytes).arrayBuffer())
}

/**
 * Reads a text in pieces; every line ends with `\n`, however the file spells it.
 *
 * @yields the next piece, possibly empty
 */
export async function* textPieces(file: Blob, encoding: string): AsyncGenerator<TextPiece, void> {
  const decoder = new TextDecoder(encoding)
  let heldReturn = ''
  for (let at = 0; at === 0 || at < file.size; at += pieceBytes) {
    const bytes = await file.slice(at, at + pieceBytes).arrayBuffer()
    const end = Math.min(at + pieceBytes, file.size)
    const isLast = end >= file.size
    let text = heldReturn + decoder.decode(bytes, { stream: !isLast })
    // The line feed that belongs to a carriage return may be in the next piece.
    heldReturn = !isLast && text.endsWith('\r') ? '\r' : ''
    if (heldReturn) text = text.slice(0, -1)
    yield { text: text.replaceAll(/\r\n?/g, '\n'), done: file.size === 0 ? 1 : end / file.size, isLast }
  }
}

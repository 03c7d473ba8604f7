/**
 * Serves files with byte ranges (RFC 9110, section 14) and answers HEAD with their length, for readers that load a
 * table piece by piece. A long file is never held in memory as a whole: its pieces are generated while they are sent,
 * and the length of each is counted once and cached.
 */
import type { Context } from 'hono'

import type { Lease } from './assembly-memory.ts'
import { yieldToEventLoop, streamOf } from './chunked-json.ts'
import { takesGzip } from './compression.ts'
import type { WorkerApp } from './environment.ts'
import { Refusal, type ProblemDetails } from './problems.ts'

/**
 * Generates the pieces of a file's text, starting with the given one. All characters are ASCII, so each is one byte.
 */
export type Pieces = (first?: number) => IterableIterator<string>

/** A file that exists in memory, or that is generated in pieces. */
type File = Uint8Array<ArrayBuffer> | Pieces

/** A range of bytes, both ends included. */
interface Range {
  first: number
  last: number
}

/** The headers of every file: byte ranges are supported. */
export const fileHeaders = { 'Accept-Ranges': 'bytes' }

/**
 * Whether a request asks only for the length of a file. Only the length of the uncompressed file is known, since that
 * of a compressed one is known only after it has been sent.
 */
export function asksForLength(c: Context<WorkerApp>): boolean {
  return c.req.method === 'HEAD' && !takesGzip(c)
}

/**
 * Answers with a file: all of it, its length for HEAD, or the requested range.
 *
 * @param headers the headers of the whole file, including its weak ETag
 * @param lease the reserved memory of a large file that is generated in pieces; it is released when they are sent or
 *   not needed
 * @throws Refusal with status 416 if the file does not have the range
 */
export async function answerFile(
  c: Context<WorkerApp>,
  file: File,
  headers: Readonly<Record<string, string>> & { ETag: string },
  lease: Lease,
): Promise<Response> {
  let isSending = false
  const stream = (pieces: IterableIterator<string>) => {
    isSending = true
    return streamOf(lease.over(pieces))
  }
  try {
    return await answerBy(stream, c, file, headers)
  } finally {
    if (!isSending) lease.release()
  }
}

async function answerBy(
  stream: (pieces: IterableIterator<string>) => ReadableStream,
  c: Context<WorkerApp>,
  file: File,
  headers: Readonly<Record<string, string>> & { ETag: string },
): Promise<Response> {
  // Ranges refer to the uncompressed file, which always has the same bytes, so its ETag is strong.
  const etag = headers.ETag.replace(/^W\//, '')
  const asked = rangeOf(c, etag)
  if (!asked && c.req.method !== 'HEAD') return c.body(file instanceof Uint8Array ? file : stream(file()), 200, headers)
  const ends = file instanceof Uint8Array ? Uint32Array.of(file.length) : await endsOf(c, file, etag)
  const length = ends.at(-1) ?? 0
  if (!asked) return c.body(null, 200, { ...headers, 'Content-Length': String(length) })
  const range = asked(length)
  if (!range) throw new Refusal(noSuchRange(length))
  const { first, last } = range
  return c.body(partOf(file, ends, range, stream), 206, {
    ...headers,
    ETag: etag,
    'Content-Range': `bytes ${first}-${last}/${length}`,
    'Content-Length': String(last - first + 1),
  })
}

/** The problem of a range that a file of some length does not have. */
export const noSuchRange = (length: number): ProblemDetails => ({
  status: 416,
  title: 'There is no such range',
  detail: `The file has ${length} bytes.`,
  headers: { 'Content-Range': `bytes */${length}` },
})

/**
 * The range that a request asks for, as a function of the file's length. Undefined if it asks for the whole file, for
 * several ranges, or for the rest of another file (`If-Range`, which a weak ETag or a date never matches).
 */
function rangeOf(c: Context<WorkerApp>, etag: string): ((length: number) => Range | undefined) | undefined {
  if (c.req.method !== 'GET') return undefined
  const [, from = '', to = ''] = /^\s*bytes\s*=\s*(\d*)-(\d*)\s*$/i.exec(c.req.header('Range') ?? '') ?? []
  if (from === '' && to === '') return undefined
  if (from !== '' && to !== '' && Number(to) < Number(from)) return undefined
  const condition = c.req.header('If-Range')
  if (condition !== undefined && condition.trim() !== etag) return undefined
  return (length) => {
    const first = from === '' ? Math.max(0, length - Number(to)) : Number(from)
    const last = from === '' || to === '' ? length - 1 : Math.min(Number(to), length - 1)
    return first <= last ? { first, last } : undefined
  }
}

/** The end of each piece of a file. Counted once per isolate and cached. */
async function endsOf(c: Context<WorkerApp>, pieces: Pieces, etag: string): Promise<Uint32Array> {
  const bodies = c.get('bodies')
  const key = `ends ${etag}`
  const known = bodies.get(key)
  if (known) return new Uint32Array(known.buffer)
  const ends: number[] = []
  const made = pieces()
  for (let piece = made.next(); !piece.done; piece = made.next()) {
    ends.push((ends.at(-1) ?? 0) + piece.value.length)
    await yieldToEventLoop()
  }
  const counted = new Uint32Array(ends)
  bodies.set(key, new Uint8Array(counted.buffer))
  return counted
}

/** The bytes of a range. */
function partOf(
  file: File,
  ends: Uint32Array,
  { first, last }: Range,
  stream: (pieces: IterableIterator<string>) => ReadableStream,
): Uint8Array<ArrayBuffer> | ReadableStream {
  if (file instanceof Uint8Array) return file.slice(first, last + 1)
  let piece = 0
  while (ends[piece]! <= first) piece++
  const start = piece === 0 ? 0 : ends[piece - 1]!
  const sent = stream(cut(file(piece), first - start, last - start + 1))
  // Without it, workerd uses chunked transfer encoding and sends no length.
  return 'FixedLengthStream' in globalThis ? sent.pipeThrough(new FixedLengthStream(last - first + 1)) : sent
}

/** The characters of a text in pieces, from one position up to, but not including, another. */
function* cut(pieces: Iterator<string>, from: number, to: number): Generator<string> {
  let at = 0
  for (let piece = pieces.next(); !piece.done && at < to; piece = pieces.next()) {
    const text = piece.value.slice(Math.max(0, from - at), to - at)
    at += piece.value.length
    if (text) yield text
  }
}

/**
 * Files that are served whole or in parts: ranges of bytes (RFC 9110, 14) and the length that HEAD tells, for readers that
 * load a table piece by piece. A long file is never held as a whole: its pieces are made when they are sent, and the
 * length of each is counted once and remembered.
 */
import type { Context } from 'hono'

import type { Lease } from './assemblies.ts'
import { takesGzip } from './compression.ts'
import type { App } from './environment.ts'
import { letOthersIn, streamOf } from './pieces.ts'
import { Refusal, type Problem } from './problems.ts'

/** Makes the pieces of a file's text from one of them on. All characters are ASCII, so each is one byte. */
export type Pieces = (first?: number) => IterableIterator<string>

/** A file that is there, or that is made in pieces. */
type File = Uint8Array<ArrayBuffer> | Pieces

/** A range of bytes, both ends included. */
interface Range {
  first: number
  last: number
}

/** Headers of every file: that ranges of it can be had. */
export const fileHeaders = { 'Accept-Ranges': 'bytes' }

/**
 * Whether a request asks for the length of a file alone. It is known of the plain file only: how long it is compressed is
 * known once it is sent.
 */
export function asksForLength(c: Context<App>): boolean {
  return c.req.method === 'HEAD' && !takesGzip(c)
}

/**
 * Whether a request asks for a range of a file, which is cut from the plain file.
 *
 * @param etag the weak ETag of the plain file
 */
export function asksForRange(c: Context<App>, etag: string): boolean {
  return rangeOf(c, strong(etag)) !== undefined
}

/** The ETag of ranges. They are of the plain file, the same bytes each time, so it is strong. */
const strong = (etag: string) => etag.replace(/^W\//, '')

/** The ETag of the compressed file, by that of the plain one, weak or strong. */
export const packed = (etag: string) => etag.replace(/"$/, '-gzip"')

/**
 * Answers with a file: whole, its length for HEAD, or the range that the client asks for.
 *
 * @param headers of the whole file, its weak ETag among them
 * @param lease the place of a large file that is made in pieces: it is given back when they are sent, or not needed
 * @throws Refusal with 416 where the file has no such bytes
 */
export async function answerFile(
  c: Context<App>,
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
  c: Context<App>,
  file: File,
  headers: Readonly<Record<string, string>> & { ETag: string },
): Promise<Response> {
  const etag = strong(headers.ETag)
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

/** The answer to a range that a file of some length does not have. */
export const noSuchRange = (length: number): Problem => ({
  status: 416,
  title: 'There is no such range',
  detail: `The file has ${length} bytes.`,
  headers: { 'Content-Range': `bytes */${length}` },
})

/**
 * The range that a request asks for, once the length is known; none where it asks for the whole file, for several ranges,
 * or for the rest of another file (`If-Range`, which a weak ETag or a date never matches). None either where the client has
 * the compressed file: Chromium then asks for no more bytes than that has, and its page would take them for all.
 */
function rangeOf(c: Context<App>, etag: string): ((length: number) => Range | undefined) | undefined {
  if (c.req.method !== 'GET') return undefined
  const [, from = '', to = ''] = /^\s*bytes\s*=\s*(\d*)-(\d*)\s*$/i.exec(c.req.header('Range') ?? '') ?? []
  if (from === '' && to === '') return undefined
  if (from !== '' && to !== '' && Number(to) < Number(from)) return undefined
  const condition = c.req.header('If-Range')
  if (condition !== undefined && condition.trim() !== etag) return undefined
  if (c.req.header('If-None-Match')?.includes(packed(etag))) return undefined
  return (length) => {
    const first = from === '' ? Math.max(0, length - Number(to)) : Number(from)
    const last = from === '' || to === '' ? length - 1 : Math.min(Number(to), length - 1)
    return first <= last ? { first, last } : undefined
  }
}

/** Where each piece of a file ends. Counted once, as long as the isolate remembers it. */
async function endsOf(c: Context<App>, pieces: Pieces, etag: string): Promise<Uint32Array> {
  const bodies = c.get('bodies')
  const key = `ends ${etag}`
  const known = bodies.get(key)
  if (known) return new Uint32Array(known.buffer)
  const ends: number[] = []
  const made = pieces()
  for (let piece = made.next(); !piece.done; piece = made.next()) {
    ends.push((ends.at(-1) ?? 0) + piece.value.length)
    await letOthersIn()
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
  // Without it, workerd sends a stream in chunks and says no length.
  return 'FixedLengthStream' in globalThis ? sent.pipeThrough(new FixedLengthStream(last - first + 1)) : sent
}

/** The characters of a text in pieces from one to another, the last not included. */
function* cut(pieces: Iterator<string>, from: number, to: number): Generator<string> {
  let at = 0
  for (let piece = pieces.next(); !piece.done && at < to; piece = pieces.next()) {
    const text = piece.value.slice(Math.max(0, from - at), to - at)
    at += piece.value.length
    if (text) yield text
  }
}

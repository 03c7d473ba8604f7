/**
 * A client that asks as fast as it is answered, takes gzip as all browsers do, and computes as little as it can: a
 * connection asks again when its answer has come, and of an answer only the end is looked for.
 */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** What is asked for. */
export interface Asked {
  url: string
  headers?: Record<string, string>
  /** Called for each request: another query each time, for what must not be known yet. */
  next?: () => string
}

/** Asks over some connections for a while. Milliseconds of each answer, and their bytes together. */
export async function load(asked: Asked, connections: number, milliseconds: number) {
  const times: number[] = []
  let bytes = 0
  const end = performance.now() + milliseconds
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const connection = await Connection.to(asked.url)
      while (performance.now() < end) {
        const begin = performance.now()
        const got = await connection.ask(asked)
        bytes += got
        times.push(performance.now() - begin)
      }
      connection.close()
    }),
  )
  return { times, bytes }
}

export class Connection {
  readonly #socket: Socket
  #over: ((bytes: number) => void) | undefined
  #fail: ((error: Error) => void) | undefined
  #chunks: Buffer[] = []
  #got = 0
  /** Bytes up to the end of the answer; -1 where the last chunk tells. */
  #expected: number | undefined

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.setNoDelay(true)
    socket.on('data', (chunk: Buffer) => this.#take(chunk))
    socket.on('error', (error) => this.#fail?.(error))
    socket.on('close', () => this.#fail?.(new Error('the connection was closed')))
  }

  static async to(url: string): Promise<Connection> {
    const { hostname, port } = new URL(url)
    const socket = connect(Number(port), hostname)
    await once(socket, 'connect')
    return new Connection(socket)
  }

  /** The bytes of an answer. */
  ask({ url, headers = {}, next }: Asked): Promise<number> {
    const { pathname, search, host } = new URL(next ? next() : url)
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    return new Promise((resolve, reject) => {
      this.#over = resolve
      this.#fail = reject
      this.#socket.write(
        `GET ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\nAccept-Encoding: gzip\r\n${lines.join('')}\r\n`,
      )
    })
  }

  close(): void {
    this.#fail = undefined
    this.#socket.destroy()
  }

  #take(chunk: Buffer): void {
    this.#got += chunk.length
    if (this.#expected === undefined) {
      this.#chunks.push(chunk)
      const text = Buffer.concat(this.#chunks).toString('latin1')
      const head = text.indexOf('\r\n\r\n')
      if (head < 0) return
      const status = Number(text.slice(9, 12))
      if (status !== 200 && status !== 304) return this.#fail?.(new Error(text.slice(0, 500)))
      const length = /^content-length: (\d+)/im.exec(text.slice(0, head))?.[1]
      const isEmpty = status === 304
      this.#expected = isEmpty ? head + 4 : length === undefined ? -1 : head + 4 + Number(length)
    }
    const expected = this.#expected ?? -1
    const isOver = expected < 0 ? endsLastChunk(chunk) : this.#got >= expected
    if (!isOver) return
    const over = this.#over
    const got = this.#got
    this.#chunks = []
    this.#got = 0
    this.#expected = undefined
    over?.(got)
  }
}

const lastChunk = Buffer.from('0\r\n\r\n')
const endsLastChunk = (chunk: Buffer) => chunk.subarray(-lastChunk.length).equals(lastChunk)

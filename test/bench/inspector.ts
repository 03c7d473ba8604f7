/** What an isolate of workerd tells of itself, by the protocol of Chrome's DevTools. */
import { once } from 'node:events'

/** A call of the protocol by its name, with its parameters. */
export type Inspect = <Answer>(method: string, parameters?: object) => Promise<Answer>

/** Opens an inspector's socket. It is closed by the end of the process that it looks into. */
export async function inspectorAt(url: string): Promise<Inspect> {
  const socket = new WebSocket(url)
  await once(socket, 'open')
  const waiting = new Map<number, (answer: { result?: unknown; error?: unknown }) => void>()
  socket.addEventListener('message', ({ data }) => {
    const answer = JSON.parse(String(data)) as { id?: number; result?: unknown; error?: unknown }
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer)
  })
  let id = 0
  return <Answer>(method: string, params: object = {}) =>
    new Promise<Answer>((resolve, reject) => {
      waiting.set(++id, ({ result, error }) =>
        error ? reject(new Error(JSON.stringify(error))) : resolve(result as Answer),
      )
      socket.send(JSON.stringify({ id, method, params }))
    })
}

/** Reads server-sent events as a browser's EventSource would. */

export interface ServerEvent {
  event: string
  data: unknown
}

/** The events of an answer, as they come. */
export async function* readEvents(response: Response): AsyncGenerator<ServerEvent, void> {
  let text = ''
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    const blocks = (text + chunk).split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s, 2) as [string, string]))
      yield { event: fields['event'] ?? 'message', data: JSON.parse(fields['data'] ?? 'null') }
    }
  }
  if (text !== '') throw new Error(`an event is cut: ${text}`)
}

/** All events of an answer. */
export async function allEvents(response: Response): Promise<ServerEvent[]> {
  const events: ServerEvent[] = []
  for await (const event of readEvents(response)) events.push(event)
  return events
}

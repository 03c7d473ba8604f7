/** An isolate with the memory of the platform’s survives what anyone can ask for at once. */
import { afterAll, beforeAll, expect, inject, it } from 'vitest'

import { startIsolates, type Isolates } from '../support/isolates.ts'
import { largeAnswers } from '../support/large-answers.ts'

const requests = 100

let isolates: Isolates
beforeAll(async () => {
  isolates = await startIsolates({ bundle: inject('workerBundle'), heapMegabytes: 128 })
})
afterAll(() => isolates.stop())

/** Asks and reads the whole answer. Its status, and whether it says when to come back. */
async function ask(path: string): Promise<string> {
  const response = await isolates.get(path)
  for await (const _ of response.body!);
  return `${response.status}${response.headers.has('Retry-After') ? ' later' : ''}`
}

it.each(Object.entries(largeAnswers(60)))(
  `%s: ${requests} at once are answered or told to come back`,
  async (_, kind) => {
    expect(await ask(kind.warm)).toBe('200')
    const answers = await Promise.all(Array.from({ length: requests }, (_item, index) => ask(kind.path(index))))
    for (const answer of new Set(answers)) expect(['200', '503 later']).toContain(answer)
    expect(answers).toContain('200')
    expect(isolates.crashes()).toBe(0)
    expect(await ask('/api/experiments?epochs=3&examples=20')).toBe('200')
  },
  240_000,
)

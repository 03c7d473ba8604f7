import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { completeSpec } from '#experiment/spec/spec.ts'

import { resultFor } from '../../../../../site/src/build/values/experiments.ts'
import { badgeInShort, badgeInWords } from '../../../../../site/src/client/playground/status-text.ts'
import { WorkerCheck, type WorkerCheckStatus } from '../../../../../site/src/client/playground/worker-check.ts'
import { Failure } from '../../../../../site/src/client/request.ts'

const result = await resultFor('epochs=1')
const spec = completeSpec({ epochs: 1 })

const ours = (fingerprint: string) => ({ isOurs: true, fingerprint })
const theirs = { isOurs: false, fingerprint: undefined }

describe('what the edge says', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const told = (ask: ConstructorParameters<typeof WorkerCheck>[1]) => {
    const news: WorkerCheckStatus[] = []
    return { news, edge: new WorkerCheck((one) => news.push(one), ask) }
  }

  it('is asked once, for the experiment at which the hand rested', async () => {
    const asked: string[] = []
    const { edge, news } = told(async (url) => {
      asked.push(url)
      return { headers: new Headers({ 'Cache-Status': 'minibatch; fwd=miss' }), json: result }
    })
    for (let batchSize = 1; batchSize <= 20; batchSize++) {
      edge.ask(completeSpec({ batchSize, epochs: 1 }), false)
      await vi.advanceTimersByTimeAsync(100)
    }
    await vi.advanceTimersByTimeAsync(500)
    expect(asked).toEqual(['/api/experiments?batchSize=20&epochs=1&histories=0'])
    expect(news.at(-1)).toEqual({ name: 'there', result, isNew: true })
  })

  it('is forgotten when another is asked', async () => {
    const signals: AbortSignal[] = []
    const { edge } = told((_, { signal }) => {
      signals.push(signal)
      return new Promise(() => {})
    })
    edge.ask(spec, false)
    await vi.advanceTimersByTimeAsync(500)
    edge.ask(completeSpec({ epochs: 2 }), false)
    expect(signals[0]!.aborted).toBe(true)
  })

  it('is said in words when it does not come', async () => {
    const { edge, news } = told(() => Promise.reject(new Failure('The server does not answer.')))
    edge.ask(spec, false)
    await vi.advanceTimersByTimeAsync(500)
    expect(news.at(-1)).toEqual({ name: 'failed', words: 'The server does not answer.' })
    expect(badgeInWords(news.at(-1)!, ours('f'), 'fused-1')).toBe(
      'trained in your browser alone. The server does not answer.',
    )
  })
})

describe('an experiment above the Worker’s budget', () => {
  it('is not asked for, and the badge says why, in words', () => {
    const news: WorkerCheckStatus[] = []
    const edge = new WorkerCheck(
      (one) => news.push(one),
      () => Promise.reject(new Error('it was asked')),
    )
    edge.ask(completeSpec({ seeds: 200, epochs: 500, examples: 5000 }), false)
    expect(news).toHaveLength(1)
    expect(badgeInWords(news[0]!, ours('f'), 'fused-1')).toMatch(
      /^trained in your browser alone\. Too large for the Worker to verify: about \d(\.\d)? times its budget\.$/,
    )
  })
})

describe('the badge in short', () => {
  const here = { isOurs: true, isTooLarge: false, fingerprint: result.fingerprint }
  const there: WorkerCheckStatus = { name: 'there', result, isNew: false }

  it('says how far the training and its verification are', () => {
    expect(badgeInShort({ name: 'resting' }, { ...here, fingerprint: undefined }, 'fused-1')).toBe('training')
    expect(badgeInShort({ name: 'resting' }, here, 'fused-1')).toBe('trained')
    expect(badgeInShort(there, here, 'fused-1')).toBe('verified')
    expect(badgeInShort(there, { ...here, fingerprint: 'another' }, 'fused-1')).toBe('differs')
    expect(badgeInShort(there, here, 'fused-2')).toBe('other version')
    expect(badgeInShort({ name: 'failed', words: '' }, here, 'fused-1')).toBe('not verified')
  })

  it('says where an experiment is trained that the Worker does not verify, or trains itself', () => {
    expect(badgeInShort({ name: 'resting' }, { ...here, isTooLarge: true }, 'fused-1')).toBe('trained on your device')
    expect(badgeInShort(there, { ...here, isOurs: false }, 'fused-1')).toBe('from the Worker')
  })
})

describe('the badge', () => {
  const there: WorkerCheckStatus = { name: 'there', result, isNew: false }

  it('says equal where every bit is', () => {
    expect(badgeInWords(there, ours(result.fingerprint), 'fused-1')).toBe(
      'equal on the edge, bit for bit (from its cache)',
    )
  })

  it('says when it is not', () => {
    expect(badgeInWords(there, ours('0'.repeat(64)), 'fused-1')).toBe('the Worker’s result differs from your browser’s')
    expect(badgeInWords(there, ours(result.fingerprint), 'fused-2')).toContain('another engine version, fused-1')
  })

  it('never says that the browser trains where the Worker alone does', () => {
    const news: WorkerCheckStatus[] = [
      { name: 'resting' },
      { name: 'asking', words: 'asking the Worker' },
      there,
      { name: 'failed', words: 'The server does not answer.' },
    ]
    expect(news.map((one) => badgeInWords(one, theirs, 'fused-1'))).toEqual([
      'the Worker is asked when the hand rests',
      'asking the Worker',
      'from the Worker, from its cache',
      'The server does not answer.',
    ])
  })
})

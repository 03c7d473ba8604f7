/**
 * The state of the check with stock TensorFlow.js: not asked for, under way, there, or failed. It is dropped when the
 * experiment changes.
 */
import { useEffect, useState } from 'preact/hooks'

import type { ExperimentResult } from '#experiment/result/result.ts'
import { permalink } from '#experiment/spec/permalink.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import { Failure } from '../request.ts'
import { askStock, whyUnchecked } from './stock.ts'

/** Where it stands. */
type StockStatus =
  | { name: 'none' }
  | { name: 'asking'; done: number; words: string }
  | { name: 'there'; result: ExperimentResult }
  | { name: 'failed'; words: string }

export interface Stock {
  status: StockStatus
  /** Begins. */
  check: () => void
  /** Forgets it. */
  leave: () => void
}

/** @param spec of the experiment that is shown */
export function useStock(spec: ExperimentSpec): Stock {
  const of = permalink(spec)
  const [asked, setAsked] = useState<ExperimentSpec>()
  const [known, setKnown] = useState<{ of: string; status: StockStatus }>()
  useEffect(() => setAsked(undefined), [of])
  useEffect(() => {
    if (!asked) return undefined
    const asking = new AbortController()
    const set = (status: StockStatus) => {
      if (!asking.signal.aborted) setKnown({ of: permalink(asked), status })
    }
    const ask = async () => {
      const why = whyUnchecked(asked)
      if (why !== undefined) return set({ name: 'failed', words: why })
      set({ name: 'asking', done: 0, words: '' })
      try {
        const result = await askStock(asked, {
          signal: asking.signal,
          onProgress: (done, words) => set({ name: 'asking', done, words }),
        })
        return set({ name: 'there', result })
      } catch (error) {
        if (asking.signal.aborted) return undefined
        if (!(error instanceof Failure)) throw error
        return set({ name: 'failed', words: error.message })
      }
    }
    void ask()
    return () => asking.abort()
  }, [asked])
  return {
    status: known?.of === of && asked ? known.status : { name: 'none' },
    check: () => setAsked({ ...spec }),
    leave: () => setAsked(undefined),
  }
}

/**
 * The check with stock TensorFlow.js, as far as it is; another experiment begins without.
 */
import { useEffect, useState } from 'preact/hooks'

import type { ExperimentResult } from '#experiment/result/result.ts'
import { permalink } from '#experiment/spec/permalink.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import { Failure } from '../request.ts'
import { askStock, whyUnchecked } from './stock.ts'

/** Where it stands. */
type StockNews =
  | { name: 'none' }
  | { name: 'asking'; done: number; words: string }
  | { name: 'there'; result: ExperimentResult }
  | { name: 'failed'; words: string }

export interface Stock {
  news: StockNews
  /** Begins. */
  check: () => void
  /** Forgets it. */
  leave: () => void
}

/** @param spec of the experiment that is shown */
export function useStock(spec: ExperimentSpec): Stock {
  const of = permalink(spec)
  const [asked, setAsked] = useState<ExperimentSpec>()
  const [known, setKnown] = useState<{ of: string; news: StockNews }>()
  useEffect(() => setAsked(undefined), [of])
  useEffect(() => {
    if (!asked) return undefined
    const asking = new AbortController()
    const tell = (news: StockNews) => {
      if (!asking.signal.aborted) setKnown({ of: permalink(asked), news })
    }
    const ask = async () => {
      const why = whyUnchecked(asked)
      if (why !== undefined) return tell({ name: 'failed', words: why })
      tell({ name: 'asking', done: 0, words: '' })
      try {
        const result = await askStock(asked, {
          signal: asking.signal,
          onProgress: (done, words) => tell({ name: 'asking', done, words }),
        })
        return tell({ name: 'there', result })
      } catch (error) {
        if (asking.signal.aborted) return undefined
        if (!(error instanceof Failure)) throw error
        return tell({ name: 'failed', words: error.message })
      }
    }
    void ask()
    return () => asking.abort()
  }, [asked])
  return {
    news: known?.of === of && asked ? known.news : { name: 'none' },
    check: () => setAsked({ ...spec }),
    leave: () => setAsked(undefined),
  }
}

/**
 * The way to check the kernel with stock TensorFlow.js, and what came of it.
 */
import type { ExperimentResult } from '#experiment/result/result.ts'

import { stockDifferenceText } from './stock.ts'
import type { Stock } from './use-stock.ts'

interface StockCheckProps {
  stock: Stock
  /** What it is compared with; undefined while it is not over. */
  result: ExperimentResult | undefined
}

export function StockCheck({ stock: { news, check, leave }, result }: StockCheckProps) {
  const isAsking = news.name === 'asking'
  return (
    <div class="instrument-stock">
      {news.name === 'there' ? (
        <button type="button" onClick={leave}>
          Hide stock TensorFlow.js
        </button>
      ) : (
        <button type="button" onClick={isAsking ? leave : check}>
          {isAsking ? 'Stop checking' : 'Check with stock TensorFlow.js'}
        </button>
      )}{' '}
      {isAsking && (
        <>
          <progress value={news.done} aria-label="stock TensorFlow.js training" /> {news.words}
        </>
      )}
      <span role="status">
        {news.name === 'failed' && news.words}
        {news.name === 'there' &&
          result &&
          `The dashed gray line is stock TensorFlow.js. ${stockDifferenceText(result, news.result)}`}
      </span>
    </div>
  )
}

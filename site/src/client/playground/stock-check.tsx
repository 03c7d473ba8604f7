/**
 * The button that checks the experiment with stock TensorFlow.js, its progress, and how far the two results are apart.
 */
import type { ExperimentResult } from '#experiment/result/result.ts'

import { stockDifferenceText } from './stock.ts'
import type { Stock } from './use-stock.ts'

interface StockCheckProps {
  stock: Stock
  /** What it is compared with; undefined while it is not over. */
  result: ExperimentResult | undefined
}

export function StockCheck({ stock: { status, check, leave }, result }: StockCheckProps) {
  const isAsking = status.name === 'asking'
  return (
    <div class="instrument-stock">
      {status.name === 'there' ? (
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
          <progress value={status.done} aria-label="stock TensorFlow.js training" /> {status.words}
        </>
      )}
      <span role="status">
        {status.name === 'failed' && status.words}
        {status.name === 'there' &&
          result &&
          `The dashed gray line is stock TensorFlow.js. ${stockDifferenceText(result, status.result)}`}
      </span>
    </div>
  )
}

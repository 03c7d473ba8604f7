/** The noise scale from gradient norms at two batch sizes, of one log or of two. */
import { amount } from '#charts/text/format.ts'

import { noiseFromNorms, type NormsAtSize } from '../logs/gradient-norms.ts'
import { reportOf, type ShownLog } from './shown-log.ts'

export function NoiseOfLogs({ logs }: { logs: readonly ShownLog[] }) {
  const all = logs.flatMap((shown) => {
    const report = reportOf(shown)
    return (['gradientNorm', 'otherGradientNorm'] as const).flatMap((role) => {
      const norms = report[role]
      return norms ? [{ norms, size: shown.sizes[role], from: report.name }] : []
    })
  })
  if (all.length === 0) return null
  const known = all.filter((one): one is typeof one & NormsAtSize => one.size !== undefined)
  const [first] = known
  const second =
    known.find(({ size, from }) => first && size !== first.size && from === first.from) ??
    known.find(({ size }) => size !== first?.size)
  return (
    <section class="log" aria-labelledby="logs-noise">
      <h2 id="logs-noise">Noise scale</h2>
      <NoiseInWords first={first} second={second} isOneLog={first !== undefined && first.from === second?.from} />
    </section>
  )
}

interface NoiseInWordsProps {
  first: NormsAtSize | undefined
  second: NormsAtSize | undefined
  isOneLog: boolean
}

function NoiseInWords({ first, second, isOneLog }: NoiseInWordsProps) {
  if (!first || !second)
    return (
      <p>
        There are gradient norms of {first ? `batch size ${first.size}` : 'a batch size that is not given'}. The noise
        scale needs norms at two batch sizes: give the batch size of each, or add a log with another one.
      </p>
    )
  const noise = noiseFromNorms(first, second)
  if ('problem' in noise) return <p>{noise.problem}</p>
  const [small, large] = [Math.min(first.size, second.size), Math.max(first.size, second.size)]
  return (
    <>
      <p>
        The simple noise scale is about <strong>{amount(noise.noiseScale)} examples</strong>: a batch of this size has
        as much noise as gradient. Batches far below it gain by growing nearly as much as they cost; batches far above
        it gain little (McCandlish et al. 2018, appendix A). It is from {noise.count} norms at each of the batch sizes{' '}
        {small} and {large}: |G|² = {amount(noise.gradientSquare)} and tr Σ = {amount(noise.covarianceTrace)}, on
        average over the log.
      </p>
      {!isOneLog && (
        <p>
          The norms come from two trainings, whose parameters are not the same: take it as a rough size. Norms of both
          batch sizes at the same parameters, in one log, would be better.
        </p>
      )}
    </>
  )
}

/**
 * The noise of a run's gradients in a table.
 */
import { amount, percent, wholeNumber } from '#charts/text/format.ts'
import type { GradientNoise } from '#experiment/result/gradient-noise.ts'

/** Epochs that a table of one run has a row for, beside its last. */
const tabledEpochs = new Set([0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000])

/** The noise of a run's gradients at some epochs. */
export function NoiseTable({ noise }: { noise: GradientNoise }) {
  const { epochs, gradientSquare, covarianceTrace, noiseScale, noiseShare } = noise
  return (
    <table class="figure-numbers">
      <thead>
        <tr>
          <th scope="col">after epoch</th>
          <th scope="col">|G|²</th>
          <th scope="col">tr Σ</th>
          <th scope="col">noise scale</th>
          <th scope="col">noise of a batch</th>
        </tr>
      </thead>
      <tbody>
        {epochs.map(
          (epoch, index) =>
            (tabledEpochs.has(epoch) || index === epochs.length - 1) && (
              <tr key={epoch}>
                <th scope="row">{wholeNumber(epoch)}</th>
                <td>{amount(gradientSquare[index])}</td>
                <td>{amount(covarianceTrace[index])}</td>
                <td>{amount(noiseScale[index])}</td>
                <td>{percent(noiseShare[index])}</td>
              </tr>
            ),
        )}
      </tbody>
    </table>
  )
}

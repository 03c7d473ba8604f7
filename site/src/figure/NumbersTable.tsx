/**
 * The key numbers of a figure: a row for each experiment, which leads to its permalink.
 */
import type { Drawing } from '#charts/drawing.tsx'
import { amount, decimal, digitsOf, percent, spread, whole } from '#charts/format.ts'
import { apartInWords } from '#charts/words.ts'
import type { GradientNoise } from '#experiment/gradient-noise.ts'
import type { ExperimentResult } from '#experiment/result.ts'
import { epochsTo80 } from '#instrument/key-numbers.tsx'

/** How soon test accuracy was 0.8, and how many of the runs got there where not all did. */
function epochsCell({ summary }: ExperimentResult): string {
  const {
    runs,
    epochsTo80: { reached },
  } = summary
  return runs === 1 || reached === runs ? epochsTo80(summary) : `${epochsTo80(summary)} (${reached} of ${runs} runs)`
}

/** Epochs that a table of one run has a row for, beside its last. */
const tabledEpochs = new Set([0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000])

/** The noise of a run's gradients at some epochs. */
function NoiseTable({ noise }: { noise: GradientNoise }) {
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
                <th scope="row">{whole(epoch)}</th>
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

/** The table; its numbers are means over the runs where there are several. */
export function NumbersTable({ results, varied, noise }: Pick<Drawing, 'results' | 'varied' | 'noise'>) {
  if (noise) return <NoiseTable noise={noise} />
  return (
    <table class="figure-numbers">
      <thead>
        <tr>
          <th scope="col">experiment</th>
          <th scope="col">test accuracy</th>
          <th scope="col" class="figure-roomy">
            train accuracy
          </th>
          <th scope="col">epochs to 0.80</th>
          <th scope="col">instability</th>
        </tr>
      </thead>
      <tbody>
        {results.map((result) => (
          <tr key={result.digest}>
            <th scope="row">
              <a href={result.permalink}>{apartInWords(result, varied)}</a>
            </th>
            <td>{spread(result.summary.final.testAccuracy)}</td>
            <td class="figure-roomy">{spread(result.summary.final.trainAccuracy)}</td>
            <td>{epochsCell(result)}</td>
            <td>{decimal(result.summary.instability.mean, digitsOf.instability)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

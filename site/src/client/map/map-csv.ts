/** A map as a CSV file (RFC 4180): a row for each cell, with its varied settings, its means and its link. */
import { floatText } from '#experiment/result/decimal.ts'
import { colorValue } from '#experiment/result/map-run.ts'
import { mean, sampleDeviation } from '#experiment/result/statistics.ts'
import type { SpecField } from '#experiment/spec/spec.ts'
import type { MapView } from '#playground-view/map-view.ts'

import type { MapResults } from './map-results.ts'

const lineEnd = '\r\n'

/** The cells that have a run. */
export function mapCsv(
  { results, runsOf }: MapResults,
  varied: readonly SpecField[],
  { target }: Pick<MapView, 'target'>,
  origin: string,
): string {
  const head = [
    ...varied,
    'runs',
    'diverged',
    'stillLearning',
    ...(['testAccuracy', 'testLoss', 'instability', 'churn'] as const).flatMap((name) => [`${name}Mean`, `${name}Sd`]),
    `reached${target}`,
    `epochsTo${target}Mean`,
    'address',
  ]
  const rows = results
    .filter((result) => runsOf(result).length > 0)
    .map((result) => {
      const runs = runsOf(result)
      const valuesOf = (color: Parameters<typeof colorValue>[0]) =>
        runs.map((run) => colorValue(color, run, target)).filter((value) => value !== null)
      const [epochs, { runs: count, diverged, stillLearning }] = [valuesOf('epochs'), result.summary]
      const statistics = (['accuracy', 'loss', 'instability', 'churn'] as const).flatMap((color) => {
        const values = valuesOf(color)
        return [text(mean(values)), text(sampleDeviation(values))]
      })
      return [
        ...varied.map((field) => String(result.spec[field])),
        ...[count, diverged, stillLearning].map(String),
        ...statistics,
        String(epochs.length),
        // A run that never gets there has no epoch that a mean could count.
        epochs.length === runs.length ? text(mean(epochs)) : '',
        origin + result.permalink,
      ]
    })
  return [head, ...rows].map((cells) => cells.join(',') + lineEnd).join('')
}

/** A statistic as a float of single precision; empty where there is none. */
const text = (value: number) => floatText(Number.isNaN(value) ? null : Math.fround(value))

/** Logs of experiments, as Keras would write them, and what is said of them. */
import { column } from '#experiment/result/numbers.ts'

import { analyze } from '../../site/src/client/logs/analysis.ts'
import type { LogFile, TrainingLog } from '../../site/src/client/logs/log.ts'
import { readLog } from '../../site/src/client/logs/read-log.ts'
import { seriesOf } from '../../site/src/client/logs/series.ts'
import type { LogEvidence } from '../../site/src/client/logs/signs.ts'
import { numbersOf, specOf } from './trained.ts'

/** The first run of an experiment as the CSV that Keras's CSVLogger writes. */
export function kerasCsv(query: string): string {
  const spec = specOf(query)
  const numbers = numbersOf(spec)
  const columns = (['runningAccuracy', 'runningLoss', 'testAccuracy', 'testLoss'] as const).map((metric) =>
    column(numbers, spec, 0, metric),
  )
  const rows = Array.from({ length: spec.epochs }, (_, epoch) =>
    [epoch, ...columns.map((values) => (Number.isNaN(values[epoch]) ? 'nan' : values[epoch]))].join(','),
  )
  return ['epoch,accuracy,loss,val_accuracy,val_loss', ...rows, ''].join('\r\n')
}

/** Reads a text, or bytes, as a file of that name. */
export const readText = (content: BlobPart, name = 'log.csv'): Promise<LogFile> => readLog(new Blob([content]), name)

/** What the rules look at in a log. */
export function evidenceOf(log: TrainingLog, examples?: number): LogEvidence | undefined {
  const of = (name: string | undefined) => {
    const series = seriesOf(log, name)
    return series && analyze(series, examples)
  }
  const validation = of(log.roles.validation)
  if (!validation) return undefined
  const { train, validationLoss, trainLoss } = log.roles
  return { validation, train: of(train), validationLoss: of(validationLoss), trainLoss: of(trainLoss) }
}

/** A log on the page, with what the reader says of it, and what follows from both. */
import { analyze, type MetricAnalysis } from '../logs/analysis.ts'
import { diagnose, type Finding } from '../logs/diagnosis.ts'
import { batchSizeIn } from '../logs/gradient-norms.ts'
import type { LogRoles, TrainingLog } from '../logs/log.ts'
import type { Better } from '../logs/roles.ts'
import { seriesOf, type MetricSeries } from '../logs/series.ts'

/** A log on the page. */
export interface ShownLog {
  id: number
  log: TrainingLog
  /** The number of validation examples, as the reader gives it. */
  examples: number | undefined
  /** Which values of the validation metric are better, if the reader says it. */
  better: Better | undefined
  /** The batch sizes of the gradient norms. */
  sizes: { gradientNorm: number | undefined; otherGradientNorm: number | undefined }
}

/** What follows from a log. */
export interface LogReport {
  name: string
  /** The metrics that are shown, by role; undefined where the log has none. */
  validation: MetricAnalysis | undefined
  train: MetricAnalysis | undefined
  /** The losses, if they are not the metrics themselves. */
  validationLoss: MetricAnalysis | undefined
  trainLoss: MetricAnalysis | undefined
  gradientNorm: MetricSeries | undefined
  otherGradientNorm: MetricSeries | undefined
  /** The first metric that diverged, of the losses before the others. */
  divergence: MetricAnalysis | undefined
  findings: Finding[]
}

let shownLogs = 0

/** A log as it is first shown. */
export function showLog(log: TrainingLog): ShownLog {
  const sizeOf = (column: string | undefined) => (column ? (batchSizeIn(column) ?? batchSizeIn(log.name)) : undefined)
  const { gradientNorm, otherGradientNorm } = log.roles
  return {
    id: shownLogs++,
    log,
    examples: undefined,
    better: undefined,
    sizes: { gradientNorm: sizeOf(gradientNorm), otherGradientNorm: sizeOf(otherGradientNorm) },
  }
}

/** The log with another column in a role. */
export function withRole(shown: ShownLog, roles: Partial<LogRoles>): ShownLog {
  return { ...shown, log: { ...shown.log, roles: { ...shown.log.roles, ...roles } } }
}

const reports = new WeakMap<ShownLog, LogReport>()

/** What follows from a log; computed once as long as nothing about it changes. */
export function reportOf(shown: ShownLog): LogReport {
  const known = reports.get(shown) ?? makeReport(shown)
  reports.set(shown, known)
  return known
}

function makeReport({ log, examples, better }: ShownLog): LogReport {
  const { roles } = log
  const of = (name: string | undefined, betterOfIt?: Better, measured?: number) => {
    const series = seriesOf(log, name, betterOfIt)
    return series && analyze(series, measured)
  }
  const validation = of(roles.validation, better, examples)
  const train = of(roles.train, better)
  const loss = (name: string | undefined) =>
    name === roles.validation ? validation : name === roles.train ? train : of(name)
  const validationLoss = loss(roles.validationLoss)
  const trainLoss = loss(roles.trainLoss)
  return {
    name: log.name,
    validation,
    train,
    validationLoss: validationLoss === validation ? undefined : validationLoss,
    trainLoss: trainLoss === train || trainLoss === validation ? undefined : trainLoss,
    gradientNorm: seriesOf(log, roles.gradientNorm),
    otherGradientNorm: seriesOf(log, roles.otherGradientNorm),
    divergence: [trainLoss, validationLoss, train, validation].find((one) => one?.divergedAt),
    findings: validation ? diagnose({ validation, train, validationLoss, trainLoss }) : [],
  }
}

/** What the columns of a log are used for, guessed from their names and values. The reader can change all of it. */
import type { LogColumn, LogRoles, LogTable } from './log.ts'

/** Which values of a metric are better. */
export type Better = 'higher' | 'lower'

const lossNames = /loss|err(or)?\b|\bm[sa]e\b|rmse|perplexity|\bppl\b|nll|entropy|\b[wc]er\b|\bfid\b|divergence/i
const scoreNames =
  /acc|\bf1\b|f1_|auc|precision|recall|bleu|rouge|score|\bm?iou\b|\bm?ap\b|\br2\b|kappa|mcc|dice|top.?\d|exact/i
const validationNames = /(?:^|[^a-z])(?:val|valid|validation|eval|evaluation|dev|test)(?:$|[^a-z])/i
const trainNames = /(?:^|[^a-z])(?:train|training|tr)(?:$|[^a-z])/i
const epochNames = /^(?:trainer\/)?(?:epochs?|ep)$/i
const stepNames = /^(?:trainer\/)?(?:global_?)?(?:steps?|_step|iters?|iterations?|updates?|batch(?:es)?)$/i
const gradientNames = /grad.*norm|norm.*grad/i
/** Columns that are logged beside the metrics. */
const otherNames =
  /(?:^|[^a-z])(?:lr|learning_?rate|wall|runtime|time(?:stamp)?|seconds|samples_per_second|steps_per_second|flos|mem(?:ory)?|gpu|seed|momentum|weight_?decay|num_tokens|index|id|__min|__max)(?:$|[^a-z])|^lr|^unnamed/i

/** Names as regular expressions with word boundaries read them: `val_f1` as `val f1`. */
const words = (name: string) => name.replaceAll('_', ' ')

function isLoss(name: string): boolean {
  return lossNames.test(words(name)) && !/accuracy/i.test(name)
}

function isScore(name: string): boolean {
  return !isLoss(name) && scoreNames.test(words(name))
}

/** A metric's name without the words that say on which examples it was measured. */
function baseOf(name: string): string {
  return words(name)
    .toLowerCase()
    .replaceAll(/\b(?:val|valid|validation|eval|evaluation|dev|test|train|training|tr|epoch|step|running)\b/g, ' ')
    .replaceAll(/[^a-z\d]+/g, ' ')
    .trim()
}

/**
 * Which values of a column are better: by its name, or by the direction in which it goes if the name does not say.
 */
export function betterOf({ name, values }: LogColumn): Better {
  if (isLoss(name)) return 'lower'
  if (isScore(name)) return 'higher'
  const finite = values.filter(Number.isFinite)
  return finite.length > 1 && finite.at(-1)! < finite[0]! ? 'lower' : 'higher'
}

/** More restarts than this are no restarts, but another kind of column. */
const mostRestarts = 20

/** Whether a column is the horizontal axis of another: it has a value for each of its own, and rises but for restarts. */
function isAxisOf(axis: Float64Array, values: Float64Array): boolean {
  let [count, falls, last] = [0, 0, NaN]
  for (let row = 0; row < values.length; row++) {
    if (Number.isNaN(values[row])) continue
    const place = axis[row]!
    // Repeated values are several rows of one epoch.
    if (Number.isNaN(place) || place === last) return false
    if (place < last) falls++
    last = place
    count++
  }
  return falls <= Math.min(mostRestarts, count / 4)
}

/** The first of some columns that is on the horizontal axis of all metrics that are drawn. */
function axisAmong(columns: readonly LogColumn[], drawn: readonly LogColumn[]): LogColumn | undefined {
  return columns.find((column) => drawn.every(({ values }) => isAxisOf(column.values, values)))
}

/** Guesses the roles of a log's columns. */
export function guessRoles({ columns }: Pick<LogTable, 'columns'>): LogRoles {
  const isAxis = ({ name }: LogColumn) => epochNames.test(name) || stepNames.test(name)
  const gradients = columns.filter(({ name }) => gradientNames.test(name))
  const metrics = columns.filter(
    (column) => !isAxis(column) && !gradients.includes(column) && !otherNames.test(column.name),
  )
  const held = metrics.filter(({ name }) => validationNames.test(words(name)) && !trainNames.test(words(name)))
  const own = metrics.filter((column) => !held.includes(column))
  // A per-epoch mean before single batches: Lightning logs `train_loss_epoch` and `train_loss_step`.
  const ordered = [...own].sort((a, b) => Number(a.name.endsWith('step')) - Number(b.name.endsWith('step')))
  const trainOf = (column: LogColumn | undefined) =>
    column && ordered.find((other) => other !== column && baseOf(other.name) === baseOf(column.name))
  const first = (list: readonly LogColumn[], test: (name: string) => boolean) => list.find(({ name }) => test(name))
  const counts = columns.find(({ values }) => isCounter(values))
  const unnamed = ordered.filter((column) => column !== counts)
  const validation =
    first(held, isScore) ??
    first(held, isLoss) ??
    held[0] ??
    first(ordered, isScore) ??
    first(ordered, isLoss) ??
    unnamed[0] ??
    ordered[0]
  const validationLoss = first(held, isLoss)
  const trainLoss = trainOf(validationLoss) ?? first(ordered, isLoss)
  const train = trainOf(validation)
  const drawn = [validation, train, validationLoss, trainLoss].filter((column) => column !== undefined)
  const axes = [
    ...columns.filter(({ name }) => epochNames.test(name)),
    ...columns.filter(({ name }) => stepNames.test(name)),
    ...(counts && counts !== validation ? [counts] : []),
  ]
  const x = axisAmong(axes, drawn) ?? axisAmong(axes, validation ? [validation] : [])
  return {
    x: x?.name,
    validation: validation?.name,
    train: train?.name,
    validationLoss: validationLoss?.name,
    trainLoss: trainLoss?.name === validation?.name ? undefined : trainLoss?.name,
    gradientNorm: gradients[0]?.name,
    otherGradientNorm: gradients[1]?.name,
  }
}

/** Whether a column counts its rows, as an index does: 0, 1, 2, … or 10, 20, 30, … */
function isCounter(values: Float64Array): boolean {
  if (values.length < 3) return false
  const [first = NaN, second = NaN] = values
  const step = second - first
  if (!(step > 0 && Number.isInteger(step) && Number.isInteger(first))) return false
  for (let row = 0; row < values.length; row++) if (values[row] !== first + row * step) return false
  return true
}

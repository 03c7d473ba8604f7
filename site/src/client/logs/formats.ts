/**
 * The formats of logs, one object each: how a file is recognized, and how its content becomes the logs of one or more
 * runs. A new format is an object in this table.
 */
import { UnreadableLog, type LogColumn, type LogTable } from './log.ts'
import { isJsonObject, tableOfLists, tableOfRecords, type JsonObject } from './read-json.ts'

/** What a file contains. */
export type LogContent = { kind: 'table'; table: LogTable } | { kind: 'json'; json: unknown }

/** The table of one run; `run` names it where the file has several. */
interface RunTable extends LogTable {
  run?: string
}

interface LogFormat {
  /** Its title in a sentence: `Keras CSVLogger`. */
  title: string
  recognizes: (content: LogContent) => boolean
  /**
   * The runs of a file that it recognizes.
   *
   * @param fileName without its folder
   * @param remarks to which everything that is left out is added
   * @throws UnreadableLog if there is no number in it
   */
  read: (content: LogContent, fileName: string, remarks: string[]) => RunTable[]
}

/** A format of tables, recognized by the names of its columns. */
function ofTables(
  title: string,
  recognizes: (names: readonly string[], table: LogTable) => boolean,
  read: (table: LogTable, fileName: string, remarks: string[]) => RunTable[] = (table) => [table],
): LogFormat {
  return {
    title,
    recognizes: (content) =>
      content.kind === 'table' &&
      recognizes(
        content.table.columns.map(({ name }) => name),
        content.table,
      ),
    read: (content, fileName, remarks) => (content.kind === 'table' ? read(content.table, fileName, remarks) : []),
  }
}

/** A format of JSON. */
function ofJson(
  title: string,
  recognizes: (json: unknown) => boolean,
  read: (json: unknown, remarks: string[]) => RunTable[],
): LogFormat {
  return {
    title,
    recognizes: (content) => content.kind === 'json' && recognizes(content.json),
    read: (content, _, remarks) => (content.kind === 'json' ? read(content.json, remarks) : []),
  }
}

/** W&B names a column by its run and its metric. */
const ofWandb = /^(.+) - (.+)$/
const wandbRanges = /__(?:MIN|MAX)$/

/** In the order in which they are tried; the last ones recognize everything of their kind. */
const formats: readonly LogFormat[] = [
  /** https://www.tensorflow.org/tensorboard: "Download data as CSV". The file's name contains the run and the tag. */
  ofTables(
    'TensorBoard CSV',
    (names) => names.join() === 'Wall time,Step,Value',
    ({ columns: [, step, value], positions }, fileName) => [
      { positions, columns: [step!, { ...value!, name: tagOf(fileName) }] },
    ],
  ),
  /** https://docs.wandb.ai/guides/app/features/panels: "Export panel data as CSV". */
  ofTables(
    'W&B CSV export',
    (names) => names.slice(1).some((name) => ofWandb.test(name)) && !ofWandb.test(names[0]!),
    readWandb,
  ),
  /** https://lightning.ai/docs/pytorch/stable/extensions/generated/lightning.pytorch.loggers.CSVLogger.html */
  ofTables('Lightning metrics.csv', (names, { columns }) => {
    const has = (name: string) => names.includes(name)
    return has('epoch') && has('step') && columns.some(({ values }) => values.some(Number.isNaN))
  }),
  /** https://keras.io/api/callbacks/csv_logger/: `epoch`, then the metrics in alphabetical order. */
  ofTables('Keras CSVLogger', ([first, ...names]) => {
    return first === 'epoch' && names.some((name) => names.includes(`val_${name}`))
  }),
  ofTables('a column of values', (_, { columns }) => columns.length === 1),
  ofTables('CSV', () => true),
  /** https://huggingface.co/docs/transformers/main_classes/callback#transformers.TrainerState */
  ofJson(
    'Hugging Face trainer_state.json',
    (json) => isJsonObject(json) && Array.isArray(json['log_history']),
    (json, remarks) => [tableOfRecords((json as { log_history: unknown[] }).log_history, remarks)],
  ),
  /** https://keras.io/api/models/model_training_apis/: the dictionary `history.history`. */
  ofJson(
    'Keras history JSON',
    (json) => isJsonObject(json) && Object.values(json).some((values) => Array.isArray(values)),
    (json, remarks) => [withEpochs(tableOfLists(json as JsonObject, remarks))],
  ),
  /** Keras's History object saved as a whole: the dictionary is one level deeper. */
  ofJson(
    'Keras history JSON',
    (json) => isJsonObject(json) && isJsonObject(json['history']),
    (json, remarks) => [withEpochs(tableOfLists((json as { history: JsonObject }).history, remarks))],
  ),
  ofJson(
    'JSON, one object for each entry',
    (json) => Array.isArray(json) && json.some(isJsonObject),
    (json, remarks) => [tableOfRecords(json as unknown[], remarks)],
  ),
  ofJson('a JSON list of values', Array.isArray, (json, remarks) => [tableOfLists({ 'column 1': json }, remarks)]),
  ofJson(
    'JSON',
    () => true,
    () => {
      throw new UnreadableLog(
        'This JSON has no list of values by epoch: a log is an object of lists, such as Keras’s history, or a list of objects.',
      )
    },
  ),
]

/**
 * The runs of a file, with the title of its format.
 *
 * @throws UnreadableLog if there is no number in it
 */
export function runsOf(content: LogContent, fileName: string, remarks: string[]): { title: string; runs: RunTable[] } {
  const format = formats.find(({ recognizes }) => recognizes(content))!
  return { title: format.title, runs: format.read(content, fileName, remarks) }
}

/** The table of lists with a value for each epoch, counted from 0 as in Keras's CSV. */
function withEpochs(table: LogTable): LogTable {
  if (table.columns.some(({ name }) => name === 'epoch')) return table
  const epochs = Float64Array.from(table.columns[0]!.values, (_, epoch) => epoch)
  return { ...table, columns: [{ name: 'epoch', values: epochs }, ...table.columns] }
}

/** The tag of a TensorBoard curve, from the name of its file: `run-train-tag-epoch_loss.csv`. */
function tagOf(fileName: string): string {
  const name = fileName.replace(/\.[a-z]+$/i, '')
  return /-tag-(.+)$/.exec(name)?.[1] ?? name.replace(/^tensorboard-/, '')
}

function readWandb({ columns, positions }: LogTable, _: string, remarks: string[]): RunTable[] {
  const [step, ...metrics] = columns
  const runs = new Map<string, LogColumn[]>()
  let ranges = 0
  for (const column of metrics) {
    const [, run, metric] = ofWandb.exec(column.name) ?? []
    if (wandbRanges.test(column.name)) ranges++
    else if (run && metric) runs.set(run, [...(runs.get(run) ?? []), { name: metric, values: column.values }])
    else remarks.push(`Column “${column.name}” belongs to no run; it is left out.`)
  }
  if (ranges > 0) remarks.push(`${ranges} columns __MIN and __MAX repeat the values of their runs; they are left out.`)
  return [...runs].map(([run, own]) => ({ run, positions, columns: [step!, ...own] }))
}

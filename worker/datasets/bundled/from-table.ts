/** The generator of a dataset that is a table, and its shuffled rows in Python. */
import { datasets, type TableName } from '#methods/datasets.ts'

import type { DatasetSpec, Generator } from '../generator.ts'
import { RandomState } from '../numpy-random.ts'
import { arrange, inOrder } from '../points.ts'
import type { DataTable } from '../table-file.ts'
import { tableOf } from '../table.ts'

/**
 * The examples of a table: the first rows of `sklearn.utils.shuffle(X, y, random_state=datasetSeed)`, which shuffles their
 * indices. The table must be loaded before (`loadTable`).
 */
export function fromTable(name: TableName): Generator {
  return fromRows(() => tableOf(name))
}

/** The same for any table that is there. */
export function fromRows(rowsOf: (spec: DatasetSpec) => DataTable): Generator {
  return {
    featureNames: (spec) => rowsOf(spec).featureNames,
    classNames: (spec) => rowsOf(spec).classNames,
    make(spec) {
      const { examples, datasetSeed } = spec
      const table = rowsOf(spec)
      const order = inOrder(table.labels.length)
      new RandomState(datasetSeed).shuffle(order)
      return arrange(table, order.subarray(0, examples))
    },
  }
}

/** The Python lines that shuffle `x` and `y` and keep the examples of a spec. */
export function shuffledLines({ examples, datasetSeed }: DatasetSpec, rows: number): string {
  const first = examples < rows ? `\nx, y = x[:${examples}], y[:${examples}]` : ''
  return `x, y = shuffle(x, y, random_state=${datasetSeed})${first}`
}

/** Python code for a table that the site publishes: the last column names the class, and classes are numbered by name. */
export function publishedInPython(name: TableName) {
  return (spec: DatasetSpec, site: string) => ({
    imports: 'from sklearn.utils import shuffle',
    lines: `table = np.genfromtxt("${new URL(`/data/${name}.csv`, site).href}", delimiter=",", dtype=str, skip_header=1)
x, (_, y) = table[:, :-1].astype(float), np.unique(table[:, -1], return_inverse=True)
${shuffledLines(spec, datasets[name].examples)}`,
  })
}

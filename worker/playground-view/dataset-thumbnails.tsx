/**
 * Thumbnails of the datasets for choosing one: a few points of each, generated like the datasets themselves, and for a
 * table rows of dots, which need not be loaded.
 */
import { round } from '#charts/axes/frame.tsx'
import { makeDataset } from '#datasets/dataset.ts'
import { completeSpec, type ExperimentSpec } from '#experiment/spec/spec.ts'
import { datasets, isTable, type TableName } from '#methods/datasets.ts'

type Name = ExperimentSpec['dataset']

const size = { width: 72, height: 54 }
/** Space for the size of the points at the edge. */
const edge = 4
/** Enough points to show the shape without overlapping. */
const examples = 90
/** The most columns and rows of a table's dots. */
const mostColumns = 10
const mostRows = 10

/** The thumbnail of a dataset with its default settings. */
export function Thumbnail({ dataset }: { dataset: Name }) {
  return (
    <svg class="chart thumbnail" viewBox={`0 0 ${size.width} ${size.height}`} aria-hidden="true">
      {pathsOf(dataset).map((path, label) => (
        // oxlint-disable-next-line react/no-array-index-key -- a class is its number
        <g key={label} class={`class-${label}`}>
          <path d={path} />
        </g>
      ))}
    </svg>
  )
}

/** Cache of the paths, which depend on nothing that changes. */
const cache = new Map<Name, string[]>()

/** The points of each class as a path of dots. */
function pathsOf(name: Name): string[] {
  const paths = cache.get(name) ?? (isTable(name) ? drawTable(name) : drawPoints(name))
  cache.set(name, paths)
  return paths
}

/** The dots of a table: a grid with columns for the features, up to a limit, whose rows go from class to class. */
function drawTable(name: TableName): string[] {
  const { classes, features } = datasets[name]
  const [columns, rows] = [Math.min(features, mostColumns), classes * Math.max(1, Math.floor(mostRows / classes))]
  const at = (index: number, count: number, extent: number) =>
    round(edge + ((index + 0.5) / count) * (extent - 2 * edge))
  return Array.from({ length: classes }, (_, label) =>
    Array.from({ length: (rows / classes) * columns }, (__, dot) => {
      const row = label * (rows / classes) + Math.floor(dot / columns)
      return `M${at(dot % columns, columns, size.width)} ${at(row, rows, size.height)}h0`
    }).join(''),
  )
}

function drawPoints(name: Name): string[] {
  const { coordinates, labels } = makeDataset(completeSpec({ dataset: name, examples }))
  const columns = [0, 1].map((axis) => coordinates.filter((_, index) => index % 2 === axis))
  const spans = columns.map((values) => [Math.min(...values), Math.max(...values)] as const)
  const [across, up] = spans.map(([low, high]) => high - low) as [number, number]
  // Both axes have the same scale, so that a circle is round.
  const unit = Math.min((size.width - 2 * edge) / across, (size.height - 2 * edge) / up)
  const offset = (row: number, axis: 0 | 1) =>
    (columns[axis]![row]! - (spans[axis]![0] + spans[axis]![1]) / 2) * unit * (axis ? -1 : 1)
  const paths = Array<string>(Math.max(...labels) + 1).fill('')
  labels.forEach((label, row) => {
    paths[label] += `M${round(size.width / 2 + offset(row, 0))} ${round(size.height / 2 + offset(row, 1))}h0`
  })
  return paths
}

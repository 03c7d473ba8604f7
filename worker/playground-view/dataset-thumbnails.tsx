/**
 * Small pictures of the datasets, to choose one by: a few points of each, drawn by the code that draws them all.
 */
import { round } from '#charts/axes/frame.tsx'
import { makeDataset } from '#datasets/dataset.ts'
import { completeSpec, type ExperimentSpec } from '#experiment/spec/spec.ts'

type Name = ExperimentSpec['dataset']

const size = { width: 72, height: 54 }
/** Room for the points' own size. */
const edge = 4
/** So many points tell the shape, and stay apart. */
const examples = 90

/** One dataset, as it is by default. */
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

/** What was drawn once stays: it depends on nothing that changes. */
const drawn = new Map<Name, string[]>()

/** The points of each class as a path of dots. */
function pathsOf(name: Name): string[] {
  const paths = drawn.get(name) ?? draw(name)
  drawn.set(name, paths)
  return paths
}

function draw(name: Name): string[] {
  const { coordinates, labels } = makeDataset(completeSpec({ dataset: name, examples }))
  const columns = [0, 1].map((axis) => coordinates.filter((_, index) => index % 2 === axis))
  const spans = columns.map((values) => [Math.min(...values), Math.max(...values)] as const)
  const [across, up] = spans.map(([low, high]) => high - low) as [number, number]
  // The same scale on both axes: a circle is round.
  const unit = Math.min((size.width - 2 * edge) / across, (size.height - 2 * edge) / up)
  const place = (row: number, axis: 0 | 1) =>
    (columns[axis]![row]! - (spans[axis]![0] + spans[axis]![1]) / 2) * unit * (axis ? -1 : 1)
  const paths = Array<string>(Math.max(...labels) + 1).fill('')
  labels.forEach((label, row) => {
    paths[label] += `M${round(size.width / 2 + place(row, 0))} ${round(size.height / 2 + place(row, 1))}h0`
  })
  return paths
}

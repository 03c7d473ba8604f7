/**
 * The playground's charts: learning curves in several sizes, of which CSS shows the one whose width fits, scaled to the
 * height of its place, and the decision boundary.
 */
import type { Size } from '#charts/axes/frame.tsx'
import type { Subject } from '#charts/chart-type.ts'
import decisionBoundary from '#charts/types/decision-boundary.tsx'
import learningCurves from '#charts/types/learning-curves.tsx'

import { ReadoutSlider } from './readout.tsx'

/** The sizes of the learning curves, from a phone's width to a desktop's. */
const curvesSizes: readonly Size[] = [
  { width: 280, height: 200 },
  { width: 350, height: 290 },
  { width: 600, height: 340 },
  { width: 740, height: 400 },
]
/** The width of the boundary, which has only one drawing and is hardly enlarged. */
const boundaryWidth = 280

/** Learning curves. */
export function CurvesPicture({ drawing }: { drawing: Subject }) {
  return (
    <figure class="instrument-curves">
      <div class="drawings">
        {curvesSizes.map((size) => (
          <div key={size.width} class={`drawing at-${size.width}`}>
            {learningCurves.draw(drawing, size)}
          </div>
        ))}
      </div>
    </figure>
  )
}

/**
 * The description of the learning curves in a sentence or two, emphasized if runs diverged. Before the first run is over
 * it is empty but keeps its space.
 */
export function Takeaway({ drawing }: { drawing: Subject }) {
  const { runs, diverged } = drawing.results[0].summary
  return (
    <p class={diverged ? 'instrument-diverged' : 'instrument-takeaway'}>
      {runs > 0 && learningCurves.takeaway(drawing)}
    </p>
  )
}

/** The plane and its points, as the Worker draws them. */
export function BoundaryDrawing({ drawing }: { drawing: Subject }) {
  const size = { width: boundaryWidth, height: decisionBoundary.height(drawing, boundaryWidth) }
  return decisionBoundary.draw(drawing, size)
}

/** The decision boundary of the first run with the dataset. */
export function BoundaryPicture({ drawing }: { drawing: Subject }) {
  const { seed, seeds } = drawing.results[0].spec
  return (
    <figure class="instrument-boundary">
      <div class="figure-picture">
        <BoundaryDrawing drawing={drawing} />
      </div>
      <figcaption>
        {drawing.boundary?.classes
          ? `The class that is predicted, fainter where it is less probable, after the last epoch${seeds > 1 ? `, by the run with seed ${seed}` : ''}.`
          : decisionBoundary.takeaway(drawing)}
      </figcaption>
      <ReadoutSlider name="point" stops={drawing.data?.points.length ?? 1} />
    </figure>
  )
}

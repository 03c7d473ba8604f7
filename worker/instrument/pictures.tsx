/**
 * The pictures of an experiment: its learning curves, drawn for several widths of which a page shows the one that fits,
 * and its decision boundary. What draws them live keeps these proportions, so that nothing moves.
 */
import { decisionBoundary } from '#charts/decision-boundary.tsx'
import type { Size } from '#charts/frame.tsx'
import type { Subject } from '#charts/kind.ts'
import { learningCurves } from '#charts/learning-curves.tsx'

import { ReadoutSlider } from './readout.tsx'

/** The drawings of the curves: from a phone's width to a desktop's. */
export const curvesSizes: readonly Size[] = [
  { width: 280, height: 310 },
  { width: 350, height: 356 },
  { width: 600, height: 400 },
  { width: 740, height: 440 },
]
/** The boundary has one drawing, which is hardly enlarged. */
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
 * What the curves show, in a sentence or two; that runs diverged is not overlooked. Before a run is over it keeps its place:
 * what the numbers are of is said beside them.
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

/** The decision boundary of the first run, with the points. */
export function BoundaryPicture({ drawing }: { drawing: Subject }) {
  const { seed, seeds } = drawing.results[0].spec
  return (
    <figure class="instrument-boundary">
      <div class="figure-picture">
        <BoundaryDrawing drawing={drawing} />
      </div>
      <figcaption>
        {drawing.boundary?.classes
          ? `The class that is predicted after the last epoch${seeds > 1 ? `, by the run with seed ${seed}` : ''}.`
          : decisionBoundary.takeaway(drawing)}
      </figcaption>
      <ReadoutSlider name="point" stops={drawing.data?.points.length ?? 1} />
    </figure>
  )
}

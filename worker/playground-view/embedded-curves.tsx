/**
 * Learning curves for an iframe of unknown size: drawn for several sizes, of which the frame shows the one that fits
 * best. Low frames show only the whole runs.
 */
import type { Size } from '#charts/axes/frame.tsx'
import type { Subject } from '#charts/chart-type.ts'
import learningCurves from '#charts/types/learning-curves.tsx'

/** The sizes of the drawings; the page's style sheet assigns them to frame sizes. */
const framed: Readonly<Record<string, Size>> = {
  little: { width: 264, height: 150 },
  low: { width: 440, height: 150 },
  tall: { width: 264, height: 350 },
  broad: { width: 600, height: 270 },
  // A frame of the recommended size without its edges and caption.
  usual: { width: 624, height: 380 },
  large: { width: 900, height: 430 },
}

/** The drawing that is shown if the page's style sheet is missing. */
const usual = 'usual'

/** Learning curves in all sizes. */
export function EmbeddedCurves({ drawing }: { drawing: Subject }) {
  return (
    <div class="framed">
      {Object.entries(framed).map(([name, size]) => (
        <div key={name} class={`framed-${name}`} hidden={name !== usual}>
          {learningCurves.draw(drawing, size)}
        </div>
      ))}
    </div>
  )
}

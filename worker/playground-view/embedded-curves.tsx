/**
 * Learning curves in a frame whose size nobody knows before: drawn for several, of which the frame shows the one that
 * fits best. In a low frame the whole runs stand alone.
 */
import type { Size } from '#charts/axes/frame.tsx'
import type { Subject } from '#charts/chart-type.ts'
import learningCurves from '#charts/types/learning-curves.tsx'

/** The drawings; the page's style sheet says which is for which frame. */
const framed: Readonly<Record<string, Size>> = {
  little: { width: 264, height: 150 },
  low: { width: 440, height: 150 },
  tall: { width: 264, height: 350 },
  broad: { width: 600, height: 270 },
  // All of a frame of the recommended size but its edges and its caption.
  usual: { width: 624, height: 380 },
  large: { width: 900, height: 430 },
}

/** The one that is shown where the page's style sheet did not arrive. */
const usual = 'usual'

/** The drawings. */
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

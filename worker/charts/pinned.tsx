/**
 * The pinned experiment behind another: its test metric alone, thin and gray, on the other's axes.
 */
import type { ExperimentResult } from '#experiment/result.ts'

import { CompactPath } from './compact-path.ts'
import type { Area } from './panels.ts'
import { layersOf } from './parts.ts'
import { placeOfEpoch, type View } from './view.ts'

/** Draws the line in an area; of an enlarged quarter the pinned one's own last epochs. */
export function Pinned({ result, area, view }: { result: ExperimentResult; area: Area; view: View }) {
  const line = layersOf(result, view, area.part, false).at(-1)?.main ?? []
  const [from, to] = area.x.domain() as [number, number]
  const places = line.map((_, index) => placeOfEpoch(result.spec, view, index + 1))
  const first = places.findIndex((place) => place > from)
  const last = places.map((place) => place <= to).lastIndexOf(true)
  if (first < 0 || last < first) return null
  const across = places.slice(first, last + 1).map(area.x)
  const path = new CompactPath().lines([line.slice(first, last + 1)], across, area.y).toString()
  return <path class="line pinned" d={path} />
}

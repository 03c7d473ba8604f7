/**
 * The classes that were predicted for one example, epoch by epoch: a lane for each class, marked where it was predicted.
 * Colors follow the classes, and the names beside the lanes say the same without them.
 */
import { round, type Box } from '../axes/frame.tsx'
import { boldWidth, shortened, textWidth } from '../text/text-width.ts'

/** The most lanes; the classes that are predicted in the fewest epochs have none. */
export const mostLanes = 3
/** The height of a lane, and of the bar in it, in pixels. */
export const laneHeight = 15
const barHeight = 8
/** The font size of names, in pixels, and their largest share of the width. */
const name = { size: 11, scale: 11 / 13, share: 0.45 }

/** The classes in a sequence, those of most epochs first, each with its number of epochs. */
export function epochsByClass(classes: readonly number[]): { label: number; epochs: number }[] {
  const counts = new Map<number, number>()
  for (const label of classes) counts.set(label, (counts.get(label) ?? 0) + 1)
  return Array.from(counts, ([label, epochs]) => ({ label, epochs })).sort(
    (a, b) => b.epochs - a.epochs || a.label - b.label,
  )
}

interface ClassLanesProps {
  /** The predicted class by epoch. */
  classes: readonly number[]
  names: readonly string[]
  /** The true class, whose name is bold. */
  truth: number
  box: Omit<Box, 'bottom'>
}

/** Draws the lanes below the top of a box. */
export function ClassLanes({ classes, names, truth, box }: ClassLanesProps) {
  const lanes = epochsByClass(classes).slice(0, mostLanes)
  const widest = name.share * (box.right - box.left)
  const texts = lanes.map(({ label }) => shortened(names[label] ?? '', widest / name.scale))
  const left = Math.ceil(box.left + Math.max(...texts.map((text) => boldWidth * textWidth(text) * name.scale)) + 5)
  const each = (box.right - left) / classes.length
  return (
    <g>
      {lanes.map(({ label }, lane) => {
        const top = box.top + lane * laneHeight
        return (
          <g key={label} class={`class-${label}`}>
            <text
              class={label === truth ? 'strong' : undefined}
              x={round(box.left)}
              y={round(top + 10.5)}
              font-size={name.size}
            >
              {texts[lane]}
            </text>
            <path class="grid" d={`M${left} ${round(top + 7)}H${round(box.right)}`} />
            <path fill="currentColor" d={barsOf(classes, label, left, each, top + 3)} />
          </g>
        )
      })}
    </g>
  )
}

/** The path of the bars of a class: one for each stretch of epochs. */
function barsOf(classes: readonly number[], label: number, left: number, each: number, top: number): string {
  const bars: string[] = []
  for (let start = 0; start < classes.length; start++) {
    if (classes[start] !== label) continue
    let end = start
    while (classes[end] === label) end++
    const [from, to] = [round(left + start * each), round(left + end * each)]
    bars.push(`M${from} ${round(top)}H${to}v${barHeight}H${from}z`)
    start = end
  }
  return bars.join('')
}

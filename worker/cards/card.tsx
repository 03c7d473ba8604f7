/**
 * The social card of a permalink as an SVG: a title and learning curves, 1200 × 630 pixels. It is drawn at half that
 * size, so that lines and letters have the sizes that they have in charts on a page.
 */
import { palettes } from '#charts/colors.ts'
import { decimal, digitsOf, spread } from '#charts/text/format.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'

import { PanelOf, panelsIn, type ResultPanel } from './panel.tsx'
import { cardSize } from './size.ts'
import { setLines, outlineWidth, Words } from './words.tsx'

const width = cardSize.width / 2
const height = cardSize.height / 2
const margin = 30
const { ink, faint, train, test, diverged } = palettes.light

const titles = {
  top: 24,
  leading: 1.2,
  choices: [
    { size: 25, most: 2 },
    { size: 21, most: 2 },
    { size: 17, most: 3 },
  ],
}
const foot = height - 20
const outcome = { size: 15, gap: 18 }

/** The styles of the chart elements. Text elements are hidden, since they would need fonts. */
const styles = `text{display:none}.line{fill:none;stroke-linejoin:round;stroke-linecap:round;stroke-width:1.75px}.line.train{stroke:${train}}
.line.test{stroke:${test};stroke-width:2.5px}.line.seeds{stroke-width:.75px;stroke-opacity:.22}.line.cross{stroke-width:2px}
.line.diverged{stroke:${diverged}}.band{fill-opacity:.16}.band.train{fill:${train}}.band.test{fill:${test}}`

export interface CardProps {
  title: string
  /** One result, or several that share their axes. Each must contain the history of its first run. */
  results: ResultPanel
}

/** A card as an SVG that uses no fonts, to be drawn on the background color. */
export function Card({ title, results }: CardProps) {
  const isAlone = results.length === 1
  const { lines, size } = setLines(title, width - 2 * margin, 'serif', titles.choices)
  const baseline = (line: number) => titles.top + size * (0.8 + titles.leading * line)
  const area = {
    left: margin + 44,
    // Several panels have names above them; a single one has line labels at its right.
    top: baseline(lines.length - 1) + (isAlone ? 26 : 40),
    right: width - margin - (isAlone ? 34 : 0),
    bottom: height - 64,
  }
  return (
    <svg xmlns="http://www.w3.org/2000/svg" viewBox={`0 0 ${width} ${height}`} {...cardSize}>
      <style>{styles}</style>
      {lines.map((line, index) => (
        <Words key={line} text={line} x={margin} y={baseline(index)} size={size} color={ink} face="serif" />
      ))}
      {panelsIn(area, results).map((panel) => (
        <PanelOf key={panel.result.digest} panel={panel} />
      ))}
      <Words text="Minibatch" x={margin} y={foot} size={15} color={ink} face="serif" />
      {isAlone && <Outcome result={results[0]} />}
    </svg>
  )
}

/** The outcome of an experiment, in a line at the bottom. */
function Outcome({ result }: { result: ExperimentResult }) {
  return (
    <g>
      {outcomeOf(result).map(({ text, color, end }) => (
        <Words key={text} text={text} x={end} y={foot} size={outcome.size} color={color} anchor="end" />
      ))}
    </g>
  )
}

/** The parts of that line, and the position at which each ends. */
function outcomeOf({ summary }: ExperimentResult): { text: string; color: string; end: number }[] {
  const { runs, diverged: lost, final, instability } = summary
  const parts = [
    ...(lost > 0 && runs > 1 ? [{ text: `${lost} of ${runs} runs diverged`, color: diverged }] : []),
    ...(lost < runs ? [{ text: `test accuracy ${spread(final.testAccuracy)}`, color: test }] : []),
    ...(instability.mean === null
      ? []
      : [{ text: `instability ${decimal(instability.mean, digitsOf.instability)}`, color: faint }]),
  ]
  let right = width - margin
  return parts.toReversed().map((part) => {
    const end = right
    right -= outlineWidth(part.text, outcome.size, 'sans') + outcome.gap
    return { ...part, end }
  })
}

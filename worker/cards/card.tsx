/**
 * Social cards: a title and learning curves on paper, 1200 × 630 pixels. It is drawn at half of that, so that its
 * lines and letters have the sizes that charts have on a page.
 */
import { Curves, mainLine } from '#charts/curves.tsx'
import { decimal, spread, tick } from '#charts/format.ts'
import type { Box } from '#charts/frame.tsx'
import type { Panel } from '#charts/panels.ts'
import { horizontalScale, horizontalTicks, valueScale, valueTicks } from '#charts/scales.ts'
import { spreadApart } from '#charts/spread-apart.ts'
import { palettes } from '#charts/theme.ts'
import { completeView, linesOf } from '#charts/view.ts'
import { apartInWords } from '#charts/words.ts'
import type { ExperimentResult } from '#experiment/result.ts'

import { cardSize } from './size.ts'
import { setLines, widthOf, Words } from './words.tsx'

const width = cardSize.width / 2
const height = cardSize.height / 2
const margin = 30
const view = completeView()
const { paper, ink, faint, grid, train, test, diverged } = palettes.light
const colors = { train, test }

const titles = {
  top: 24,
  leading: 1.2,
  choices: [
    { size: 25, most: 2 },
    { size: 21, most: 2 },
    { size: 17, most: 3 },
  ],
}
const label = 13.5
const foot = height - 20
const outcome = { size: 15, gap: 18 }

/** The rules of what charts draw by class. Text would need fonts. */
const styles = `text{display:none}.line{fill:none;stroke-linejoin:round;stroke-linecap:round;stroke-width:1.5px}.line.train{stroke:${train}}
.line.test{stroke:${test};stroke-width:2.5px}.line.seeds{stroke-width:.75px;stroke-opacity:.22}.line.cross{stroke-width:2px}
.line.diverged{stroke:${diverged}}.band{fill-opacity:.16}.band.train{fill:${train}}.band.test{fill:${test}}`

export interface CardProps {
  title: string
  /** One, or several that share their axes. The history of the first run must be in each. */
  results: readonly [ExperimentResult, ...ExperimentResult[]]
}

/** A card as an SVG without a single font. */
export function Card({ title, results }: CardProps) {
  const panels = panelsOf(results)
  const { lines, size } = setLines(title, width - 2 * margin, 'serif', titles.choices)
  return (
    <svg xmlns="http://www.w3.org/2000/svg" viewBox={`0 0 ${width} ${height}`} {...cardSize}>
      <style>{styles}</style>
      <rect width={width} height={height} fill={paper} />
      {lines.map((line, index) => {
        const y = titles.top + size * (0.8 + titles.leading * index)
        return <Words key={line} text={line} x={margin} y={y} size={size} color={ink} face="serif" />
      })}
      {panels.map((panel) => (
        <PanelOf key={panel.result.digest} panel={panel} results={results} />
      ))}
      <Words text="Minibatch" x={margin} y={foot} size={15} color={ink} face="serif" />
      {results.length === 1 && <Outcome result={results[0]} />}
    </svg>
  )
}

/** The places of one result, or of several in rows of up to four. */
function panelsOf(results: CardProps['results']): Panel[] {
  const isSmall = results.length > 1
  const area = {
    left: margin + 30,
    top: isSmall ? 112 : 96,
    right: width - margin - (isSmall ? 0 : 34),
    bottom: height - 64,
  }
  const columns = Math.min(4, results.length)
  const rows = Math.ceil(results.length / columns)
  const gap = { x: 10, y: 24 }
  const step = {
    x: (area.right - area.left + gap.x) / columns,
    y: (area.bottom - area.top + gap.y) / rows,
  }
  const x = horizontalScale(results, view)
  const y = valueScale(results, view)
  return results.map((result, index) => {
    const left = area.left + (index % columns) * step.x
    const top = area.top + Math.floor(index / columns) * step.y
    const box: Box = { left, top, right: left + step.x - gap.x, bottom: top + step.y - gap.y }
    return {
      result,
      box,
      x: x(box),
      y: y(box),
      isSmall,
      isFirstOfRow: index % columns === 0,
      isLastOfColumn: index + columns >= results.length,
    }
  })
}

/** Whether no run came to its end. */
const isLost = ({ summary }: ExperimentResult) => summary.diverged === summary.runs

/** The curves of one result between its axes. */
function PanelOf({ panel, results }: { panel: Panel; results: CardProps['results'] }) {
  const { result, box, x, y, isSmall, isFirstOfRow, isLastOfColumn } = panel
  return (
    <g>
      {valueTicks(y, view).map((value) => (
        <g key={value}>
          <path d={`M${box.left} ${y(value)}H${box.right}`} stroke={grid} />
          {isFirstOfRow && (
            <Words text={tick(value)} x={box.left - 8} y={y(value) + 4} size={label} color={faint} anchor="end" />
          )}
        </g>
      ))}
      {isLastOfColumn && <Epochs panel={panel} />}
      <Curves panel={panel} view={view} />
      {isLost(result) && (
        <Words
          text="diverged"
          x={(box.left + box.right) / 2}
          y={(box.top + box.bottom) / 2}
          size={isSmall ? label : 20}
          color={diverged}
          anchor="middle"
        />
      )}
      {isSmall ? (
        <Words text={apartInWords(result, results)} x={box.left} y={box.top - 6} size={label} color={ink} />
      ) : (
        <Ends panel={panel} />
      )}
    </g>
  )
}

/** The horizontal axis. */
function Epochs({ panel: { box, x, isSmall, isFirstOfRow } }: { panel: Panel }) {
  const ticks = horizontalTicks(x, isSmall ? 2 : 5)
  const y = box.bottom + 17
  return (
    <g>
      {isFirstOfRow && <Words text="epoch" x={box.left - 8} y={y} size={label} color={faint} anchor="end" />}
      {ticks.map((value) => (
        <Words
          key={value}
          text={tick(value)}
          x={x(value)}
          y={y}
          size={label}
          color={faint}
          anchor={value === 0 ? 'start' : isSmall && x(value) > box.right - 9 ? 'end' : 'middle'}
        />
      ))}
    </g>
  )
}

/** The names of the lines at their ends. */
function Ends({ panel }: { panel: Panel }) {
  const ends = linesOf(view).flatMap(({ name, metric }) => {
    const last = mainLine(panel, view, metric).findLast((value) => value !== null)
    return last === undefined || last === null ? [] : [{ name, y: panel.y(last) }]
  })
  const heights = spreadApart(ends.map(({ y }) => y))
  return (
    <g>
      {ends.map(({ name }, index) => (
        <Words key={name} text={name} x={panel.box.right + 7} y={heights[index]! + 4} size={16} color={colors[name]} />
      ))}
    </g>
  )
}

/** What came of an experiment, in a line at the foot. */
function Outcome({ result: { summary } }: { result: ExperimentResult }) {
  const { runs, diverged: lost, final, instability } = summary
  const said = [
    ...(lost > 0 && runs > 1 ? [{ text: `${lost} of ${runs} runs diverged`, color: diverged }] : []),
    ...(lost < runs ? [{ text: `test accuracy ${spread(final.testAccuracy)}`, color: test }] : []),
    ...(instability.mean === null ? [] : [{ text: `instability ${decimal(instability.mean)}`, color: faint }]),
  ]
  let right = width - margin
  const places = said.toReversed().map((part) => {
    const end = right
    right -= widthOf(part.text, outcome.size, 'sans') + outcome.gap
    return { ...part, end }
  })
  return (
    <g>
      {places.map(({ text, color, end }) => (
        <Words key={text} text={text} x={end} y={foot} size={outcome.size} color={color} anchor="end" />
      ))}
    </g>
  )
}

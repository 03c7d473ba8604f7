/** The small multiples chart: the learning curves of several experiments side by side, on shared axes. */
import { useMemo } from 'preact/hooks'

import type { Reference } from '#experiment/result/reference-accuracy.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'
import type { SpecField } from '#experiment/spec/spec.ts'

import { multiplesHeight, panelGrid, panelWidthOf, type Area, type Headings, type Panel } from '../axes/curve-panels.ts'
import { axesOf, horizontalTicks, verticalFormat, verticalTicks } from '../axes/curve-scales.ts'
import { AxisX, AxisY, Chart, round, type Frame } from '../axes/frame.tsx'
import type { ChartType, Subject } from '../chart-type.ts'
import { isDetailed } from '../marks/curve-parts.ts'
import { CurvesCursor, exploreCurves } from '../marks/curves-cursor.tsx'
import { CurveLines } from '../marks/curves.tsx'
import { Tinted, Zone } from '../marks/last-quarter.tsx'
import { ReferenceLines } from '../marks/reference-lines.tsx'
import { horizontalTitle, titleOfMultiples, verticalTitle, distinguishingSettings } from '../text/experiment-names.ts'
import { decimal, digitsOf } from '../text/format.ts'
import { takeawayOfMultiples } from '../text/takeaway-of-several.ts'
import { boldWidth, wrapped } from '../text/text-width.ts'
import { curveSwitches, type View } from '../view.ts'

type SmallMultiplesProps = Frame & Pick<Subject, 'results' | 'varied' | 'view' | 'references' | 'axes'>

/** Draws the results in their order; each must contain the history of its first run. */
function SmallMultiples({ results, varied, view, references, axes, cursor, ...frame }: SmallMultiplesProps) {
  const { width } = frame
  const legend = useMemo(() => legendOf(results, view, references, width), [results, view, references, width])
  const panels = useMemo(
    () => panelsOf({ results, varied, view, references, axes }, width),
    [results, varied, view, references, axes, width],
  )
  const still = useMemo(
    () =>
      panels.map((panel) => (
        <Still key={panel.result.digest} panel={panel} varied={varied} view={view} references={references} />
      )),
    [panels, varied, view, references],
  )
  return (
    <Chart
      {...frame}
      title={titleOfMultiples(results, varied, view)}
      description={() => takeawayOfMultiples(results, varied, view)}
      over={
        cursor !== undefined &&
        panels.map((panel) => (
          <CurvesCursor key={panel.result.digest} panel={panel} panels={panels} view={view} stop={cursor} />
        ))
      }
    >
      <text x={0} y={16}>
        {verticalTitle(view)}: <tspan class="train">train</tspan>, <tspan class="test">test</tspan>
      </text>
      {legend.map((line, index) => (
        <text key={line} x={0} y={33 + 17 * index}>
          {line}
        </text>
      ))}
      {still}
    </Chart>
  )
}

/** The legend of dotted lines, bands and tinted areas, broken into lines that fit. */
function legendOf(
  results: Subject['results'],
  view: View,
  references: readonly Reference[],
  width: number,
): readonly string[] {
  const seeds = Math.max(...results.map(({ spec }) => spec.seeds))
  const dotted = view.metric === 'accuracy' ? references : []
  return [
    ...wrapped(
      [
        ...(view.runs === 'all' && seeds > 1 ? [`line: one seed, band: middle 80\u202f% of ${seeds};`] : []),
        ...(results.some(isDetailed) ? ['gray: the last quarter, enlarged'] : []),
      ],
      width,
    ),
    ...wrapped(
      dotted.map(
        ({ name, accuracy }, index) =>
          `${index === 0 ? 'dotted: ' : ''}${name} ${decimal(accuracy, 2)}${index < dotted.length - 1 ? ',' : ''}`,
      ),
      width,
    ),
  ]
}

/** The title of a panel: one line per varied field, or more if the panel is narrow. */
function titlesOf(result: ExperimentResult, varied: readonly SpecField[], panelWidth: number): string[] {
  return distinguishingSettings(result, varied).flatMap((title) => wrapped(title.split(' '), panelWidth / boldWidth))
}

/** The number of text lines above all panels, and above each for its title and instability. */
function headingsOf({ results, varied, view, references }: Subject, width: number): Headings {
  const panelWidth = panelWidthOf(results, width)
  const titles = results.map((result) => titlesOf(result, varied, panelWidth).length)
  return { legend: 1 + legendOf(results, view, references, width).length, each: Math.max(...titles) + 1 }
}

function panelsOf(subject: Subject, width: number): Panel[] {
  const { results, view, axes = axesOf(results, view) } = subject
  return panelGrid(results, view, axes, headingsOf(subject, width), { width })
}

interface StillProps extends Pick<SmallMultiplesProps, 'varied' | 'view' | 'references'> {
  panel: Panel
}

/** The part of a panel that does not depend on the cursor: its heading, axes and lines. */
function Still({ panel, varied, view, references }: StillProps) {
  const { result, whole, detail, isFirstOfRow } = panel
  const titles = titlesOf(result, varied, whole.box.right - whole.box.left)
  return (
    <g>
      {titles.map((title, index) => {
        const y = round(whole.box.top - 8 - 17 * (titles.length - index))
        return (
          <text key={y} class="strong" x={round(whole.box.left)} y={y}>
            {title}
          </text>
        )
      })}
      <text x={round(whole.box.left)} y={round(whole.box.top - 8)}>
        instability {decimal(result.summary.instability.mean, digitsOf.instability)}
      </text>
      {detail && <Zone whole={whole} detail={detail} />}
      {[whole, ...(detail ? [detail] : [])].map((area) => (
        <g key={area.part}>
          {area === detail && <Tinted {...area.box} />}
          <AxisY
            scale={area.y}
            box={area.box}
            ticks={verticalTicks(area.y, view)}
            format={verticalFormat(view)}
            labels={isFirstOfRow}
          />
          <SmallAxisX panel={panel} area={area} view={view} />
          {view.metric === 'accuracy' && <ReferenceLines references={references} box={area.box} y={area.y} />}
          <CurveLines panel={panel} area={area} view={view} />
        </g>
      ))}
    </g>
  )
}

/** The horizontal axis, below the last panel of a column, with its title below the last area. */
function SmallAxisX({ panel, area, view }: { panel: Panel; area: Area; view: View }) {
  if (!panel.isLastOfColumn) return null
  const { box, x } = area
  const isLast = area === (panel.detail ?? panel.whole)
  return (
    <AxisX
      isTight
      scale={x}
      box={box}
      title={isLast ? horizontalTitle(view, x) : undefined}
      ticks={horizontalTicks(x, box)}
    />
  )
}

const smallMultiples: ChartType = {
  summary: 'The learning curves of several experiments, side by side',
  example: 'batchSize=4,32,full&epochs=50',
  isOfSeveral: true,
  needs: ['training', 'histories'],
  switches: curveSwitches,
  height: (subject, width) => multiplesHeight(subject.results, headingsOf(subject, width), width),
  draw: ({ results, varied, view, references, axes }, frame) => (
    <SmallMultiples results={results} varied={varied} view={view} references={references} axes={axes} {...frame} />
  ),
  explore: (subject, { width }) => exploreCurves(panelsOf(subject, width), subject.varied, subject.view),
  takeaway: ({ results, varied, view }) => takeawayOfMultiples(results, varied, view),
}

export default smallMultiples

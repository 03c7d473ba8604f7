/**
 * Restless test examples in the plane: marks of their true class whose area follows the number of changes. Examples
 * without a change are small and pale.
 */
import { extent } from 'd3-array'

import { AxisX, AxisY, round, type Size } from '../axes/frame.tsx'
import { classInWords, planeExamples, type PlotPoint } from '../axes/labeled-examples.ts'
import { legendWords, partOf, planeHeight, planeOf, type LegendWords } from '../axes/plane.ts'
import type { Explorer } from '../explorer.ts'
import { decimal, wholeNumber } from '../text/format.ts'
import { ClassLegend, shapeOf } from './class-points.tsx'
import { changesInWords, restlessInWords, type Restless } from './restless.ts'

/** The radius of a mark in pixels: without a change, with few and with the most. */
const radius = { calm: 1.6, least: 2.6, most: 7.5 }
/** The opacity of marks without a change. */
const pale = 0.45
/** The distance in pixels within which the cursor selects a point. */
const selectDistance = 40

interface RestlessProps extends Size {
  restless: Restless
}

interface TestExample {
  /** Its index among the test examples. */
  example: number
  label: number
  changes: number
  point: PlotPoint
}

/** The test examples, those with the most changes first; of equal ones, from left to right. */
function testExamples({ churn, data }: Restless): TestExample[] {
  const { points, trainExamples } = planeExamples(data)
  return churn.labels
    .map((label, example) => ({
      example,
      label,
      changes: churn.changes[example]!,
      point: points[trainExamples + example]!,
    }))
    .sort((a, b) => b.changes - a.changes || a.point[0] - b.point[0])
}

function wordsOf({ churn, data, classes }: Restless): LegendWords {
  const [, most = 0] = extent(churn.changes)
  const explanations = [
    'test examples;',
    ...(most > 0 ? [`largest mark: ${changesInWords(most)},`, 'pale: none'] : ['pale: no change']),
  ]
  return legendWords(classes, planeExamples(data), explanations)
}

function planeOfRestless(restless: Restless, size: Size) {
  return planeOf(partOf(planeExamples(restless.data)), size, wordsOf(restless))
}

/** The preferred height at a width. */
export function restlessPlaneHeight(restless: Restless, width: number): number {
  return planeHeight(partOf(planeExamples(restless.data)), width, wordsOf(restless))
}

/** The radius of a mark with some changes. */
function radiusOf(changes: number, most: number): number {
  return changes === 0 ? radius.calm : Math.max(radius.least, radius.most * Math.sqrt(changes / most))
}

/** Draws the test examples, larger marks below smaller ones. */
export function RestlessPlane({ restless, ...size }: RestlessProps) {
  const { classes, data } = restless
  const plane = planeOfRestless(restless, size)
  const examples = testExamples(restless)
  const most = examples[0]?.changes ?? 0
  const pathOf = ({ label, changes, point: [px, py] }: TestExample) =>
    `M${round(plane.x(px))} ${round(plane.y(py))}${shapeOf(label, radiusOf(changes, most))}`
  const moving = examples.filter(({ changes }) => changes > 0)
  const { titles } = planeExamples(data)
  return (
    <g>
      <ClassLegend plane={plane} />
      <AxisX scale={plane.x} box={plane.box} title={titles[0]} />
      <AxisY scale={plane.y} box={plane.box} title={titles[1]} />
      <g fill-opacity={pale} stroke-opacity={0}>
        {Array.from({ length: classes }, (_, label) => {
          const calm = examples.filter((one) => one.label === label && one.changes === 0)
          return (
            calm.length > 0 && (
              <g key={label} class={`class-${label}`}>
                <path class="mark" d={calm.map(pathOf).join('')} />
              </g>
            )
          )
        })}
      </g>
      {moving.map((one) => (
        <g key={one.example} class={`class-${one.label}`}>
          <path class="mark" d={pathOf(one)} />
        </g>
      ))}
    </g>
  )
}

/** The cursor: a ring around an example. */
export function RestlessPlaneCursor({ restless, stop, ...size }: RestlessProps & { stop: number }) {
  const { x, y } = planeOfRestless(restless, size)
  const examples = testExamples(restless)
  const at = examples[stop]
  if (!at) return null
  const r = radiusOf(at.changes, examples[0]!.changes) + 3.5
  return <circle class="ring" cx={round(x(at.point[0]))} cy={round(y(at.point[1]))} r={round(r)} />
}

/** The explorer, whose cursor moves from the most restless example to the calmest. */
export function exploreRestless(restless: Restless, size: Size): Explorer {
  const { x, y } = planeOfRestless(restless, size)
  const { data } = restless
  const examples = testExamples(restless)
  const read = (stop: number) => {
    const { example, label, point } = examples[stop]!
    const place = `${decimal(point[0], 2)}, ${decimal(point[1], 2)}`
    return `test example ${wholeNumber(data.trainExamples + example + 1)}, ${classInWords(data, label)}, at ${place}, ${restlessInWords(restless, example)}`
  }
  return {
    stops: examples.length,
    nearest(at) {
      const distances = examples.map(({ point: [px, py] }) => Math.hypot(x(px) - at.x, y(py) - at.y))
      const nearest = distances.indexOf(Math.min(...distances))
      return distances[nearest]! < selectDistance ? nearest : undefined
    },
    read,
    brief: read,
  }
}

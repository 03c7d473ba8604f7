/** The drawings of the valley: the paths on contours, the loss over the updates, and the curvatures beside the limit. */
import { Chart, AxisX, AxisY, round, type Box } from '#charts/axes/frame.tsx'
import { scaleLinear, scaleLog } from '#charts/axes/scale.ts'
import { CompactPath } from '#charts/marks/compact-path.ts'
import { amount, tick } from '#charts/text/format.ts'

import {
  averagedFrom,
  curvatures,
  lossAt,
  noiseFloor,
  stabilityLimit,
  valleyUpdates,
  type Place,
  type ValleySettings,
} from './model.ts'

/** What is drawn. */
export interface Descent {
  settings: ValleySettings
  exact: readonly Place[]
  noisy: readonly Place[]
  /** The averages since `averagedFrom`, if they are shown. */
  averages: readonly Place[] | undefined
}

const width = 360

/** The smallest whole part of a path that a drawing needs: beyond, it is far outside. */
const far = 100
function pathOf(points: readonly (readonly [number, number])[]): string {
  const path = new CompactPath()
  points.forEach(([x, y], index) => (index === 0 ? path.moveTo(x, y) : path.lineTo(x, y)))
  return path.toString()
}

const plane: Box = { left: 0, top: 26, right: width, bottom: 250 }
const planeX = scaleLinear(
  [-far, far],
  [(plane.left + plane.right) / 2 + 75 - far * 26, (plane.left + plane.right) / 2 + 75 + far * 26],
)
const planeY = scaleLinear(
  [-far, far],
  [(plane.bottom - plane.top) / 2 + far * 26, (plane.bottom - plane.top) / 2 - far * 26],
)
/** The losses of the contours. */
const contours = [0.5, 2, 8, 18, 32, 50]

/** The contours of the loss, with the exact and the noisy path. */
export function PathsPicture({ exact, noisy, averages }: Descent) {
  const inPlane = (path: readonly Place[]) => pathOf(path.map(([x, y]) => [planeX(x), planeY(y)] as const))
  const average = averages?.at(-1)
  return (
    <Chart
      width={width}
      height={plane.bottom}
      title="Two paths of gradient descent on the contours of a valley"
      description={() => ''}
    >
      <text class="strong" x={0} y={14}>
        the paths
      </text>
      <svg x={plane.left} y={plane.top} width={width} height={plane.bottom - plane.top}>
        {contours.map((loss) => (
          <ellipse
            key={loss}
            class="grid"
            cx={planeX(0)}
            cy={planeY(0)}
            rx={round(planeX(Math.sqrt((2 * loss) / curvatures[0])) - planeX(0))}
            ry={round(planeY(0) - planeY(Math.sqrt((2 * loss) / curvatures[1])))}
          />
        ))}
        <path class="line test" d={inPlane(noisy)} />
        <path class="line" d={inPlane(exact)} />
        {average && (
          <path
            class="ring side-b"
            d={`M${round(planeX(average[0]))} ${round(planeY(average[1]) - 7)}l7 7l-7 7l-7 -7z`}
          />
        )}
        <path class="ring" d={`M${planeX(0) - 6} ${planeY(0)}h12m-6 -6v12`} />
      </svg>
    </Chart>
  )
}

const chart: Box = { left: 50, top: 52, right: width - 8, bottom: 210 }
const lossX = scaleLinear([0, valleyUpdates], [chart.left, chart.right])
const lossY = scaleLog([1e-3, 1e3], [chart.bottom, chart.top])
const losses = [0.001, 0.01, 0.1, 1, 10, 100, 1000]

/** The loss after each update, with the noise floor. */
export function LossPicture({ settings, exact, noisy, averages }: Descent) {
  // Beyond the axis a loss is not drawn: the exact one goes to zero, or the descent diverges.
  const [least, most] = lossY.domain()
  const line = (path: readonly Place[], from = 0) => {
    const points = path.map((place, index) => ({ update: from + index, loss: lossAt(place) }))
    const shown = points.filter(({ loss }) => loss >= least && loss <= most)
    return pathOf(shown.map(({ update, loss }) => [lossX(update), lossY(loss)] as const))
  }
  const floor = noiseFloor(settings)
  const isDrawn = floor >= least && floor <= most
  return (
    <Chart width={width} height={250} title="The loss over the updates, and the noise floor" description={() => ''}>
      <text class="strong" x={0} y={14}>
        the loss
      </text>
      <text class="test" x={80} y={14}>
        one batch
      </text>
      <text class="strong" x={160} y={14}>
        exact
      </text>
      {averages && (
        <text class="side-b" x={212} y={14}>
          average
        </text>
      )}
      {isDrawn && (
        <text x={chart.right} y={32} text-anchor="end">
          - - noise floor {amount(floor)}
        </text>
      )}
      <AxisY scale={lossY} box={chart} ticks={losses} />
      <AxisX scale={lossX} box={chart} title="updates" isTight />
      <path class="line test" d={line(noisy)} />
      <path class="line" d={line(exact)} />
      {averages && averages.length > 0 && <path class="line side-b" d={line(averages, averagedFrom)} />}
      {isDrawn && <path class="cursor valley-floor" d={`M${chart.left} ${round(lossY(floor))}H${chart.right}`} />}
    </Chart>
  )
}

const axis = scaleLog([0.5, 1000], [8, width - 8])

/** The two curvatures of the valley on an axis, with the limit beyond which steps diverge. */
export function LimitPicture({ settings }: Pick<Descent, 'settings'>) {
  const limit = stabilityLimit(settings)
  const at = round(axis(limit))
  const isRight = at > width / 2
  return (
    <Chart
      width={width}
      height={74}
      title={`The curvatures ${curvatures.join(' and ')} of the valley, and the limit of stability at ${tick(limit)}`}
      description={() => ''}
    >
      <rect class="zone" x={at} y={18} width={round(Math.max(0, axis(1000) - at))} height={30} />
      <path class="grid" d={`M${axis(0.5)} 48H${axis(1000)}`} />
      <text x={width} y={68} text-anchor="end">
        curvature
      </text>
      <path class="line diverged" d={`M${at} 12V48`} />
      <text class="diverged" x={isRight ? at - 6 : at + 6} y={28} text-anchor={isRight ? 'end' : 'start'}>
        limit 2(1 + β)/η = {amount(limit)}
      </text>
      {curvatures.map((curvature, index) => (
        <g key={curvature}>
          <circle class="dot" cx={round(axis(curvature))} cy={48} r={6} />
          <text x={round(axis(curvature))} y={68} text-anchor="middle">
            {['shallow', 'steep'][index]}: {curvature}
          </text>
        </g>
      ))}
    </Chart>
  )
}

/**
 * Restless test examples one by one: each with its true class, the number of its changes, the example itself, and the
 * classes that were predicted for it.
 */
import { mean, sumOfSquares } from '#experiment/result/statistics.ts'

import { round, type Box, type Size } from '../axes/frame.tsx'
import { classInWords, classNamesOf, featureName, type LabeledExamples } from '../axes/labeled-examples.ts'
import type { Explorer } from '../explorer.ts'
import { listInWords, tick, wholeNumber } from '../text/format.ts'
import { withoutCommonWords } from '../text/legend-layout.ts'
import { windowInWords } from '../text/takeaway-of-predictions.ts'
import { boldWidth, shortened, textWidth, wrapped } from '../text/text-width.ts'
import { ClassLanes, epochsByClass, laneHeight, mostLanes } from './class-lanes.tsx'
import { changesInWords, restlessInWords, type Restless } from './restless.ts'
import { arePictures, pictureSize, SmallPicture } from './small-picture.tsx'

/** The most features of an example that are shown. */
const mostFeatures = 4
/** The least width of a card in pixels, and the most cards in one column and in several. */
const cards = { picture: { width: 84, inOne: 12, inSeveral: 12 }, row: { width: 240, inOne: 6, inSeveral: 12 } }
/** Distances in pixels: between cards, between lines of text, above all cards, and beside them for the cursor. */
const [gap, lineHeight, above, beside] = [18, 16, 32, 6]

interface Card {
  /** The index of the test example. */
  example: number
  classes: readonly number[]
  truth: number
  /** The lines of text below the heading; none for a picture. */
  lines: readonly string[]
  box: Box
}

interface Layout {
  cards: Card[]
  isPicture: boolean
  height: number
}

/**
 * The features of an example that differ most from the mean of the training examples, in standard deviations of theirs;
 * those of most difference first.
 */
export function extremeFeatures(data: LabeledExamples, row: number): number[] {
  const { points, trainExamples } = data
  const point = points[row]!
  const distance = point.map((value, feature) => {
    const ofTraining = points.slice(0, trainExamples).map((one) => one[feature]!)
    const squares = sumOfSquares(ofTraining)
    return squares > 0 ? Math.abs(value - mean(ofTraining)) / Math.sqrt(squares) : 0
  })
  return distance
    .map((_, feature) => feature)
    .sort((a, b) => distance[b]! - distance[a]! || a - b)
    .slice(0, mostFeatures)
}

/** The most extreme features of an example with their values, each no wider than a width: `wind 6.2`. */
function featuresInWords(data: LabeledExamples, row: number, width = Infinity): string[] {
  return extremeFeatures(data, row).map((feature) => {
    const value = tick(Number(data.points[row]![feature]!.toPrecision(4)))
    const name = featureName(data, feature).replaceAll('_', ' ')
    return `${shortened(name, width - textWidth(` ${value},`))} ${value}`
  })
}

function layoutOf({ churn, data }: Restless, width: number): Layout {
  const isPicture = arePictures(data)
  const kind = isPicture ? cards.picture : cards.row
  const across = width - 2 * beside
  const columns = Math.max(1, Math.floor((across + gap) / (kind.width + gap)))
  const cardWidth = (across - gap * (columns - 1)) / columns
  const shown = churn.restless
    .filter(({ example }) => churn.changes[example]! > 0)
    .slice(0, columns > 1 ? kind.inSeveral : kind.inOne)
    .map(({ example, classes }) => {
      const pieces = isPicture ? [] : featuresInWords(data, data.trainExamples + example, cardWidth)
      const lines = wrapped(
        pieces.map((piece, index) => (index < pieces.length - 1 ? `${piece},` : piece)),
        cardWidth,
      )
      return { example, classes, truth: churn.labels[example]!, lines }
    })
  const lines = Math.max(0, ...shown.map((card) => card.lines.length))
  const body = isPicture ? lineHeight + pictureSize + 10 : lineHeight * lines
  const lanes = Math.max(0, ...shown.map(({ classes }) => Math.min(mostLanes, epochsByClass(classes.slice(1)).length)))
  const cardHeight = lineHeight + body + lanes * laneHeight + 6
  const boxAt = (index: number): Box => {
    const left = beside + (index % columns) * (cardWidth + gap)
    const top = above + Math.floor(index / columns) * (cardHeight + gap)
    return { left, right: left + cardWidth, top, bottom: top + cardHeight }
  }
  const rows = Math.ceil(shown.length / columns)
  return {
    cards: shown.map((card, index) => ({ ...card, box: boxAt(index) })),
    isPicture,
    height: Math.round(above + rows * cardHeight + Math.max(0, rows - 1) * gap) + beside,
  }
}

/** The preferred height at a width. */
export function cardsHeight(restless: Restless, width: number): number {
  return layoutOf(restless, width).height
}

interface CardsProps extends Size {
  restless: Restless
}

/** Draws the cards. */
export function RestlessCards({ restless, width }: CardsProps) {
  const { cards: shown, isPicture } = layoutOf(restless, width)
  const names = classNamesOf(restless.data, restless.classes)
  const window = windowInWords(restless.churn.epochs)
  const titles = shown.length > 0 ? [`predicted classes ${window}`, `classes ${window}`] : [`no changes ${window}`]
  const title = titles.find((words) => textWidth(words) <= width - beside) ?? window
  return (
    <g>
      <text x={beside} y={16}>
        {title}
      </text>
      {shown.map((card) => (
        <CardContent
          key={card.example}
          card={card}
          restless={restless}
          names={withoutCommonWords(names)}
          isPicture={isPicture}
        />
      ))}
    </g>
  )
}

interface CardProps {
  card: Card
  restless: Restless
  names: readonly string[]
  isPicture: boolean
}

function CardContent({ card, restless: { churn, data }, names, isPicture }: CardProps) {
  const { example, classes, truth, lines, box } = card
  const changes = changesInWords(churn.changes[example]!)
  const [left, top] = [Math.round(box.left), Math.round(box.top)]
  const width = box.right - box.left
  const heading = isPicture
    ? [shortened(`true: ${names[truth]}`, width / boldWidth), changes]
    : [`true: ${shortened(names[truth]!, width / boldWidth - textWidth(`true: , ${changes}`))}, ${changes}`]
  const under = top + lineHeight * heading.length
  return (
    <g>
      {heading.map((line, index) => (
        <text key={line} class={index === 0 ? 'strong' : undefined} x={left} y={top + 12 + lineHeight * index}>
          {line}
        </text>
      ))}
      {isPicture && (
        <SmallPicture levels={data.points[data.trainExamples + example]!} left={left + 1} top={under + 3} />
      )}
      {lines.map((line, index) => (
        <text key={line} x={left} y={under + 12 + lineHeight * index}>
          {line}
        </text>
      ))}
      <ClassLanes
        classes={classes.slice(1)}
        names={names}
        truth={truth}
        box={{
          left,
          right: round(box.right),
          top: under + (isPicture ? pictureSize + 10 : lineHeight * lines.length + 4),
        }}
      />
    </g>
  )
}

/** The cursor: an outline around a card. */
export function RestlessCardsCursor({ restless, width, height, stop }: CardsProps & { stop: number }) {
  const card = layoutOf(restless, width).cards[stop]
  if (!card) return null
  const [left, top] = [Math.max(1, card.box.left - 5), card.box.top - 5]
  const [right, bottom] = [Math.min(width - 1, card.box.right + 5), Math.min(height - 1, card.box.bottom + 5)]
  return <rect class="ring" x={round(left)} y={round(top)} width={round(right - left)} height={round(bottom - top)} />
}

/** The explorer, whose cursor moves from card to card. */
export function exploreCards(restless: Restless, { width }: Size): Explorer {
  const { cards: shown, isPicture } = layoutOf(restless, width)
  const { data } = restless
  const read = (stop: number) => {
    const card = shown[stop]
    if (!card) return `no changes ${windowInWords(restless.churn.epochs)}`
    const row = data.trainExamples + card.example
    const features = isPicture ? '' : `, ${listInWords(featuresInWords(data, row))}`
    return `test example ${wholeNumber(row + 1)}, ${classInWords(data, card.truth)}${features}, ${restlessInWords(restless, card.example)}`
  }
  return {
    stops: Math.max(1, shown.length),
    nearest({ x, y }) {
      const found = shown.findIndex(({ box }) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom)
      return found < 0 ? undefined : found
    },
    read,
    brief: (stop) => {
      const card = shown[stop]
      return card ? `${classInWords(data, card.truth)}, ${restlessInWords(restless, card.example)}` : read(stop)
    },
  }
}

/**
 * The restless chart: the test examples that change their predicted class most often in the last quarter of the epochs.
 * Data with two features are drawn in the plane, with larger marks for more changes. Of other data the most restless
 * examples are shown one by one, with the classes that were predicted for them: pictures as pictures, rows of a table by
 * their most unusual features.
 */
import { useMemo } from 'preact/hooks'

import { Chart, type Frame, type Size } from '../axes/frame.tsx'
import { isPlanar } from '../axes/labeled-examples.ts'
import { present, type ChartType, type Subject } from '../chart-type.ts'
import type { Explorer } from '../explorer.ts'
import { EmptyState, emptyStateHeight } from '../marks/empty-state.tsx'
import { cardsHeight, exploreCards, RestlessCards, RestlessCardsCursor } from '../marks/restless-cards.tsx'
import { exploreRestless, restlessPlaneHeight, RestlessPlane, RestlessPlaneCursor } from '../marks/restless-plane.tsx'
import type { Restless } from '../marks/restless.ts'
import { titleAfterTraining } from '../text/experiment-names.ts'
import { takeawayOfRestless } from '../text/takeaway-of-predictions.ts'

/** What is drawn of a subject; undefined if there are no predictions or no epochs to compare. */
function restlessOf({ results: [{ spec }], data, churn }: Subject): Restless | undefined {
  if (!churn?.epochs || !churn.changes || !churn.restless) return undefined
  const { epochs, changes, restless } = churn
  return { churn: { ...churn, epochs, changes, restless }, data: present(data), classes: spec.classes }
}

/** The ways to draw the examples. */
const forms = {
  plane: { height: restlessPlaneHeight, explore: exploreRestless, Still: RestlessPlane, Cursor: RestlessPlaneCursor },
  cards: { height: cardsHeight, explore: exploreCards, Still: RestlessCards, Cursor: RestlessCardsCursor },
} as const

const formOf = ({ data }: Restless) => forms[isPlanar(data) ? 'plane' : 'cards']

function RestlessChart({ subject, cursor, ...frame }: Frame & { subject: Subject }) {
  const { width, height } = frame
  const { results, data, churn } = subject
  const restless = useMemo(
    () => restlessOf({ ...subject, results, data, churn }),
    // oxlint-disable-next-line react/exhaustive-deps
    [results, data, churn],
  )
  const still = useMemo(() => {
    if (!restless) return undefined
    const { Still } = formOf(restless)
    return <Still restless={restless} width={width} height={height} />
  }, [restless, width, height])
  const words = takeawayOfRestless(churn)
  const { Cursor } = restless ? formOf(restless) : { Cursor: undefined }
  return (
    <Chart
      {...frame}
      title={titleAfterTraining('Test examples that change their predicted class', results[0])}
      description={() => words}
      over={
        Cursor &&
        restless &&
        cursor !== undefined && <Cursor restless={restless} width={width} height={height} stop={cursor} />
      }
    >
      {still ?? <EmptyState words={words} width={width} isDiverged={churn?.predicted === null} />}
    </Chart>
  )
}

function exploreChart(subject: Subject, size: Size): Explorer {
  const restless = restlessOf(subject)
  if (restless) return formOf(restless).explore(restless, size)
  const words = () => takeawayOfRestless(subject.churn)
  return { stops: 1, nearest: () => undefined, read: words, brief: words }
}

const restlessChart: ChartType = {
  summary: 'The test examples that change their predicted class most often in the last quarter of the epochs',
  example: 'batchSize=4&epochs=80',
  isOfSeveral: false,
  needs: ['training', 'data', 'churn'],
  switches: [],
  height(subject, width) {
    const restless = restlessOf(subject)
    return restless
      ? formOf(restless).height(restless, width)
      : emptyStateHeight(takeawayOfRestless(subject.churn), width)
  },
  draw: (subject, frame) => <RestlessChart subject={subject} {...frame} />,
  explore: exploreChart,
  takeaway: ({ churn }) => takeawayOfRestless(churn),
}

export default restlessChart

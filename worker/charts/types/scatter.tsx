/**
 * The scatter chart: the examples of a dataset with any number of features, and which test examples the first run
 * predicts wrong. Of more than two features it shows the first two principal components.
 */
import { present, type ChartType, type Subject } from '../chart-type.ts'
import { axesInWords, exploreScatter, scatterHeight, ScatterPlot, type ScatterData } from '../marks/scatter-plot.tsx'
import { titleAfterTraining } from '../text/experiment-names.ts'
import { rightInWords } from '../text/takeaway-of-predictions.ts'

function scatterDataOf({ results: [{ spec }], data, churn }: Subject): ScatterData {
  return { classes: spec.classes, data: present(data), predicted: churn?.predicted }
}

/** How many test examples are predicted right, and what the axes are. */
function takeawayOfScatter({ data, churn }: Subject): string {
  return [rightInWords(churn), axesInWords(present(data))].filter(Boolean).join(' ')
}

const scatter: ChartType = {
  summary: 'The examples in the plane of their first two principal components, and which are predicted wrong',
  example: 'dataset=moons&epochs=50',
  isOfSeveral: false,
  needs: ['training', 'data', 'churn'],
  switches: [],
  height: (subject, width) => scatterHeight(scatterDataOf(subject), width),
  draw: (subject, frame) => (
    <ScatterPlot
      {...scatterDataOf(subject)}
      title={titleAfterTraining('Examples and predictions', subject.results[0])}
      description={() => takeawayOfScatter(subject)}
      {...frame}
    />
  ),
  explore: (subject, size) => exploreScatter(scatterDataOf(subject), size),
  takeaway: takeawayOfScatter,
}

export default scatter

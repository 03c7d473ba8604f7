/**
 * The dataset chart: a scatter plot of the examples by class, with filled training and hollow test examples. Of more than
 * two features it shows the first two principal components.
 */
import type { Reference } from '#experiment/result/reference-accuracy.ts'

import type { LabeledExamples } from '../axes/labeled-examples.ts'
import { present, type ChartType, type Subject } from '../chart-type.ts'
import { axesInWords, exploreScatter, scatterHeight, ScatterPlot, type ScatterData } from '../marks/scatter-plot.tsx'
import { titleOfDataset } from '../text/experiment-names.ts'
import { decimal, wholeNumber } from '../text/format.ts'

/** The number of examples, the axes, and the accuracy of the nearest true center if it is known. */
export function takeawayOfDataset(data: LabeledExamples, references: readonly Reference[]): string {
  const { labels, trainExamples } = data
  const counts = `${wholeNumber(trainExamples)} examples train, ${wholeNumber(labels.length - trainExamples)} test.`
  const center = references.find(({ name }) => name === 'nearest true center')
  const best = center
    ? `The clusters overlap: giving every test example the class of the nearest true center is right for ${decimal(center.accuracy)} of them.`
    : ''
  return [counts, axesInWords(data), best].filter(Boolean).join(' ')
}

function scatterDataOf({ results: [{ spec }], data }: Subject): ScatterData {
  return { classes: spec.classes, data: present(data) }
}

const dataset: ChartType = {
  summary: 'The points',
  example: 'dataset=circles',
  isOfSeveral: false,
  needs: ['data'],
  switches: [],
  height: (subject, width) => scatterHeight(scatterDataOf(subject), width),
  draw: (subject, frame) => (
    <ScatterPlot
      {...scatterDataOf(subject)}
      title={titleOfDataset(subject.results[0])}
      description={() => takeawayOfDataset(present(subject.data), subject.references)}
      {...frame}
    />
  ),
  explore: (subject, size) => exploreScatter(scatterDataOf(subject), size),
  takeaway: ({ data, references }) => takeawayOfDataset(present(data), references),
}

export default dataset

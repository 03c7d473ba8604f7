/**
 * The figures of the gallery by section: every chart in all of its designed states. A chart that is in no section is
 * shown with its own example.
 */
import { chartNames, chartTypeOf, type ChartName } from '#charts/drawing.tsx'
import type { View } from '#charts/view.ts'
import type { PartialSpec } from '#experiment/spec/spec.ts'
import { readSweep } from '#experiment/spec/sweep.ts'

/** A figure: the props of `Figure.astro`, and its caption. */
interface GalleryFigure extends Partial<Pick<View, 'metric' | 'axis' | 'train' | 'value'>> {
  id: string
  chart: ChartName
  title: string
  caption: string
  spec?: PartialSpec
  specs?: PartialSpec[]
  span?: 'text' | 'wide' | 'screen'
  isTabled?: boolean
}

interface Section {
  title: string
  figures: readonly GalleryFigure[]
}

const batchSizes = [4, 8, 16, 32, 64, 128, 256, 450]
const bySize = (given: PartialSpec = {}) => batchSizes.map((batchSize) => ({ ...given, batchSize }))
const twoFields = (given: PartialSpec = {}) =>
  [0.1, 0.01, 0.001].flatMap((learningRate) =>
    ([1, 8, 64, 'full'] as const).map((batchSize) => ({ ...given, learningRate, batchSize })),
  )
const diverging = { learningRate: 10, momentum: 0.99, batchSize: 8 }

const designed: readonly Section[] = [
  {
    title: 'Learning curves',
    figures: [
      {
        id: 'one-run',
        chart: 'learning-curves',
        title: 'One run',
        caption: 'Train and test accuracy of one run, epoch by epoch. Both rise fast, then keep trembling.',
      },
      {
        id: 'many-seeds',
        chart: 'learning-curves',
        spec: { batchSize: 'full', seeds: 30 },
        title: 'Thirty seeds',
        caption: 'Single runs are faint lines, the heavy line is their mean, the band holds the middle 80 % of them.',
      },
      {
        id: 'loss',
        chart: 'learning-curves',
        metric: 'loss',
        axis: 'updates',
        train: 'running',
        title: 'Running loss, by updates',
        caption: 'The running loss is taken before each update, as Keras logs it.',
      },
      {
        id: 'stochastic',
        chart: 'learning-curves',
        spec: { batchSize: 1 },
        title: 'Stochastic gradient descent',
        caption: 'One example a step at the same learning rate: the accuracy never settles.',
      },
      {
        id: 'diverged',
        chart: 'learning-curves',
        spec: diverging,
        title: 'A run that diverged',
        caption: 'Steps that are too long leave no numbers.',
      },
    ],
  },
  {
    title: 'Small multiples',
    figures: [
      {
        id: 'panels',
        chart: 'small-multiples',
        specs: bySize(),
        span: 'screen',
        title: 'Eight batch sizes',
        caption: 'From small to large batches on the same axes.',
      },
      {
        id: 'panels-seeds',
        chart: 'small-multiples',
        specs: bySize({ seeds: 30 }),
        span: 'wide',
        title: 'Eight batch sizes, thirty seeds each',
        caption: 'The lines are one run: a mean would smooth its noise away. The band holds the middle 80 % of thirty.',
      },
    ],
  },
  {
    title: 'The plane',
    figures: [
      { id: 'dataset', chart: 'dataset', title: 'The data', caption: 'Three clusters that overlap.' },
      {
        id: 'boundary',
        chart: 'decision-boundary',
        title: 'What a network made of it',
        caption: 'The color of a place is the class that the network predicts there.',
      },
    ],
  },
  {
    title: 'Predictions',
    figures: [
      {
        id: 'scatter',
        chart: 'scatter',
        title: 'What is predicted wrong',
        caption: 'Test examples with a ring are predicted wrong: most lie where clusters overlap.',
      },
      {
        id: 'scatter-moons',
        chart: 'scatter',
        spec: { dataset: 'moons' },
        title: 'Hardly anything predicted wrong',
        isTabled: false,
        caption: 'Two outlines that a network can tell apart.',
      },
      {
        id: 'confusion',
        chart: 'confusion',
        title: 'Which classes are confused',
        caption: 'A row for each true class, a column for each predicted one. Outlined cells are right.',
      },
      {
        id: 'confusion-ten',
        chart: 'confusion',
        spec: { classes: 10, noise: 1 },
        title: 'Ten classes',
        isTabled: false,
        caption: 'The darker a cell, the larger the share of its row.',
      },
      {
        id: 'confusion-diverged',
        chart: 'confusion',
        spec: diverging,
        title: 'No predictions',
        isTabled: false,
        caption: 'A run that diverged predicts nothing.',
      },
      {
        id: 'restless',
        chart: 'restless',
        spec: { batchSize: 4 },
        title: 'Restless examples',
        caption: 'Large marks change their predicted class often, pale ones never.',
      },
      {
        id: 'restless-full',
        chart: 'restless',
        spec: { batchSize: 'full' },
        title: 'Calm examples',
        isTabled: false,
        caption: 'At full batch hardly any example changes its class.',
      },
      {
        id: 'restless-short',
        chart: 'restless',
        spec: { epochs: 20 },
        title: 'Too few epochs',
        isTabled: false,
        caption: 'Changes are counted from 40 epochs on, as instability is.',
      },
    ],
  },
  {
    title: 'Seeds',
    figures: [
      {
        id: 'histogram',
        chart: 'histogram',
        spec: { seeds: 30 },
        title: 'Where thirty seeds end',
        caption: 'The bar above marks the 95 % interval of the mean, not of the runs.',
      },
      {
        id: 'histogram-two',
        chart: 'histogram',
        specs: [4, 256].map((batchSize) => ({ batchSize, seeds: 30 })),
        title: 'Where two batch sizes end',
        caption: 'Two experiments on the same axes.',
      },
      {
        id: 'histogram-one',
        chart: 'histogram',
        title: 'One seed',
        isTabled: false,
        caption: 'One run has no distribution.',
      },
    ],
  },
  {
    title: 'Sweeps',
    figures: [
      {
        id: 'sweep',
        chart: 'sweep',
        specs: bySize({ seeds: 10 }),
        title: 'Accuracy and instability by batch size',
        caption: 'Bars hold the middle 80 % of ten seeds.',
      },
      {
        id: 'sweep-two',
        chart: 'sweep',
        specs: twoFields(),
        span: 'wide',
        title: 'Batch size and learning rate',
        caption: 'The higher the learning rate, the larger the batch that it takes to be calm.',
      },
      {
        id: 'map',
        chart: 'map',
        specs: twoFields({ seeds: 5 }),
        span: 'wide',
        title: 'A map of instability',
        caption: 'A cell an experiment: the further from the paper its color, the less calm its last epochs.',
      },
      {
        id: 'map-accuracy',
        chart: 'map',
        value: 'testAccuracy',
        specs: twoFields({ seeds: 5 }),
        title: 'A map of test accuracy',
        isTabled: false,
        caption: 'Dots mark cells whose runs were still learning, bars those in which runs diverged.',
      },
    ],
  },
  {
    title: 'Instability',
    figures: [
      {
        id: 'instability',
        chart: 'instability',
        specs: [4, 32, 256].map((batchSize) => ({ batchSize })),
        title: 'How the instability came about',
        caption: 'What the instability would have been at each epoch, over the quarter of the epochs before it.',
      },
    ],
  },
  {
    title: 'Noise',
    figures: [
      {
        id: 'noise',
        chart: 'gradient-noise',
        title: 'Where noise takes over',
        caption:
          'How many examples a batch needs for as much gradient as noise. The band is where more than half of a batch’s ' +
          'squared gradient is noise.',
      },
      {
        id: 'noise-full',
        chart: 'gradient-noise',
        spec: { batchSize: 'full' },
        title: 'A gradient that runs out',
        caption: 'At full batch the gradient gets small, and that of single examples does not.',
      },
    ],
  },
]

/** The figure of a chart with its example in the API's document. */
function exampleOf(chart: ChartName): GalleryFigure {
  const { summary, example } = chartTypeOf(chart)
  const { specs } = readSweep(new URLSearchParams(example), {})
  return { id: chart, chart, title: summary, specs: [...specs], caption: `By default: ${example}.` }
}

const shown = new Set(designed.flatMap(({ figures }) => figures.map(({ chart }) => chart)))
const others = chartNames.filter((chart) => !shown.has(chart)).map(exampleOf)

/** Every section, in the order of the page. */
export const gallery: readonly Section[] = others.length
  ? [...designed, { title: 'Other charts', figures: others }]
  : designed

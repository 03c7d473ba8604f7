/**
 * Requests for answers of every kind at their largest, for tests and benchmarks of memory. The experiments train in a tenth
 * of a second and have as many numbers as any.
 */
const largest = 'seeds=200&epochs=500&examples=10&hiddenUnits=none&batchSize=full'
/** Sixteen of them. */
const rates = Array.from({ length: 16 }, (_, index) => ((index + 1) / 100).toFixed(2)).join()
const sixteen = `${largest}&learningRate=${rates}`

interface Kind {
  /** What is asked for first, so that its numbers are cached. */
  warm: string
  /** The path of each request that then comes at the same time. */
  path: (index: number) => string
}

/** By the name of the kind; JSON and events have so many histories. */
export const largeAnswers = (histories: number): Readonly<Record<string, Kind>> => ({
  'JSON, another number of histories each': {
    warm: `/api/experiments?${largest}&histories=0`,
    path: (index) => `/api/experiments?${largest}&histories=${histories - (index % 50)}`,
  },
  'JSON, the same URL': {
    warm: `/api/experiments?${largest}&histories=0`,
    path: () => `/api/experiments?${largest}&histories=${histories}`,
  },
  'event stream': {
    warm: `/api/experiments?${largest}&histories=0`,
    path: () => `/api/experiments/stream?${largest}&histories=${histories}`,
  },
  CSV: { warm: `/api/experiments?${largest}&histories=0`, path: () => `/api/experiments.csv?${largest}` },
  'small multiples, sixteen': {
    warm: `/charts/sweep.svg?${sixteen}`,
    path: (index) => `/charts/small-multiples.svg?${sixteen}&width=${600 + (index % 4)}`,
  },
  'sweep, sixteen': {
    warm: `/charts/sweep.svg?${sixteen}`,
    path: () => `/api/sweep?${sixteen}`,
  },
  'sweep as CSV, sixteen': {
    warm: `/charts/sweep.svg?${sixteen}`,
    path: () => `/api/sweep.csv?${sixteen}`,
  },
  'map, sixteen': {
    warm: `/charts/sweep.svg?${sixteen}`,
    path: (index) => `/charts/map.svg?${sixteen}&width=${600 + (index % 4)}`,
  },
  'learning curves': {
    warm: `/api/experiments?${largest}&histories=0`,
    path: (index) => `/charts/learning-curves.svg?${largest}&width=${600 + index}`,
  },
  card: {
    warm: `/api/experiments?${largest}&histories=0`,
    path: (index) => `/cards/experiment.png?${largest}&learningRate=0.0${1 + (index % 9)}`,
  },
  'dataset, another each': {
    warm: '/api/health',
    path: (index) => `/api/dataset?examples=5000&noise=0.${100 + index}`,
  },
  playground: {
    warm: `/api/experiments?${largest}&histories=0`,
    path: (index) => `/playground?${largest}&learningRate=0.0${1 + (index % 9)}`,
  },
  boundary: {
    warm: '/api/health',
    path: (index) => `/api/boundary?examples=100&epochs=20&seed=${index}`,
  },
})

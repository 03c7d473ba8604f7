/**
 * The whole HTTP surface: every route on one screen.
 */
import { Hono } from 'hono'
import { cors } from 'hono/cors'

import { Results } from '#results/results.ts'
import { Trainings } from '#results/trainings.ts'
import { train } from '#training/train.ts'

import { datasetChart, decisionBoundaryChart, learningCurvesChart, sweepChart } from './charts.tsx'
import { getDataset } from './dataset.ts'
import type { App } from './environment.ts'
import { getExperiment } from './experiments.ts'
import { getHealth } from './health.ts'
import { playgroundPage } from './playground.tsx'
import { getPresets } from './presets.ts'
import { answerError, methodNotAllowed, notFound, refuseLongUrls } from './problems.ts'

/** Trainings that one isolate has in flight at most. */
const mostTrainings = 4

/** The Worker's application: one for an isolate, with the results that it remembers. */
export function createApp(): Hono<App> {
  const results = new Results(new Trainings({ train, most: mostTrainings }))
  const app = new Hono<App>()
  app.use(cors({ origin: '*', allowMethods: ['GET', 'HEAD'], exposeHeaders: ['ETag', 'Cache-Status', 'Retry-After'] }))
  app.use(refuseLongUrls)

  app.get('/api/experiments', getExperiment(results))
  app.get('/api/dataset', getDataset)
  app.get('/api/presets', getPresets)
  app.get('/api/health', getHealth)
  app.get('/charts/learning-curves.svg', learningCurvesChart(results))
  app.get('/charts/dataset.svg', datasetChart)
  app.get('/charts/decision-boundary.svg', decisionBoundaryChart(results))
  app.get('/charts/small-multiples.svg', sweepChart('small-multiples', results))
  app.get('/charts/sweep.svg', sweepChart('sweep', results))
  app.get('/playground', playgroundPage(results))

  app.all('*', methodNotAllowed(app))
  app.notFound(notFound)
  app.onError(answerError)
  return app
}

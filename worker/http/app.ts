/** The Hono application: every middleware and route of the Worker, in order. */
import { Hono, type MiddlewareHandler } from 'hono'
import { cors } from 'hono/cors'

import { chartNames } from '#charts/drawing.tsx'
import { BoundaryCache } from '#results/boundaries.ts'
import { createChurnCache, createGeneralizationCache, createNoiseCache } from '#results/measurements.ts'
import { Results } from '#results/results.ts'
import { Trainings } from '#results/trainings.ts'
import { trainNumbers, trainBoundary, trainChurn, trainGeneralization, trainNoise } from '#training/by-engine.ts'

import { meterWork } from './admission.ts'
import { createBodyCache } from './body-cache.ts'
import { getBoundary } from './boundary.ts'
import { defaultToNoStore } from './cache-control.ts'
import { cardPath, experimentCard } from './card.ts'
import { getChart } from './charts.tsx'
import { getChurn } from './churn.ts'
import { compress } from './compression.ts'
import { getCsv } from './csv.ts'
import { getDataset } from './dataset.ts'
import { embedPage } from './embed.tsx'
import type { WorkerApp } from './environment.ts'
import { getExperiment } from './experiments.ts'
import { getGeneralization } from './generalization.ts'
import { getGradientNoise } from './gradient-noise.ts'
import { guidePage } from './guide.ts'
import { getHealth } from './health.ts'
import { getOEmbed } from './oembed.ts'
import { getOpenApi } from './openapi/document.ts'
import { documentation, type ChartPath, type RoutePath } from './openapi/routes.ts'
import { playgroundPage } from './playground.tsx'
import { getPresets } from './presets.ts'
import { answerError, methodNotAllowed, notFound, refuseBadUrls } from './problems.ts'
import { logRequests } from './request-log.ts'
import { secure } from './security.ts'
import { streamExperiment } from './stream.ts'
import { getSweep, getSweepCsv } from './sweep.ts'
import { redirectTrailingSlash } from './trailing-slash.ts'

/**
 * How long browsers may cache the answer to a CORS preflight request, in seconds: a day, although some cap it at less.
 */
const preflightAge = 86_400

/** A handler or a middleware of a route. */
type Handler = MiddlewareHandler<WorkerApp>

/** Creates the Worker's application, with its own caches and training queue. There is one per isolate. */
export function createApp(): Hono<WorkerApp> {
  const trainings = new Trainings()
  const results = new Results(trainings, trainNumbers)
  const boundaries = new BoundaryCache(trainings, trainBoundary)
  const noises = createNoiseCache(trainings, trainNoise)
  const generalizations = createGeneralizationCache(trainings, trainGeneralization)
  const churns = createChurnCache(trainings, trainChurn)
  const app = new Hono<WorkerApp>()
  app.use(logRequests(app))
  app.use(secure)
  app.use(defaultToNoStore)
  app.use(refuseBadUrls)
  app.use(createBodyCache())
  app.use(meterWork())

  app.options('*', cors({ allowMethods: ['GET', 'HEAD'], maxAge: preflightAge }))
  const charts = chartNames.map((chart) => [
    `/charts/${chart}.svg`,
    getChart(chart, { results, boundaries, noises, churns }),
  ])
  const handlers: Record<RoutePath, Handler | Handler[]> = {
    '/api/experiments': getExperiment(results),
    '/api/experiments/stream': streamExperiment(results),
    '/api/experiments.csv': [compress, getCsv(results)],
    '/api/sweep': getSweep(results),
    '/api/sweep.csv': [compress, getSweepCsv(results)],
    '/api/dataset': getDataset(),
    '/api/boundary': getBoundary(boundaries),
    '/api/gradient-noise': getGradientNoise(noises),
    '/api/generalization': getGeneralization(generalizations),
    '/api/churn': getChurn(churns),
    '/api/presets': getPresets,
    '/api/openapi.json': getOpenApi,
    '/api/health': getHealth,
    '/api': guidePage,
    ...(Object.fromEntries(charts) as Record<ChartPath, Handler>),
    [cardPath]: experimentCard(results),
    '/oembed': getOEmbed,
    '/playground': playgroundPage(results, boundaries),
    '/embed': embedPage(results),
  }
  for (const { path } of documentation) app.on('GET', [path], ...[handlers[path]].flat())

  app.all('*', redirectTrailingSlash(app))
  app.all('*', methodNotAllowed(app))
  app.notFound(notFound)
  app.onError(answerError)
  return app
}

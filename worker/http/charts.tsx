/**
 * `/charts/*.svg`: figures as standalone SVG files.
 */
import type { Handler } from 'hono'
import { renderToString } from 'preact-render-to-string'

import { LearningCurves } from '#charts/learning-curves.tsx'
import { deriveResult } from '#experiment/derive.ts'
import { digest } from '#experiment/digest.ts'
import { readSpec } from '#experiment/permalink.ts'
import type { Results } from '#results/results.ts'

import { callerOf, type App } from './environment.ts'
import { cacheStatus, represent } from './representation.ts'

const size = { width: 720, height: 400 }

export function learningCurvesChart(results: Results): Handler<App> {
  return async (c) => {
    const { spec } = readSpec(new URL(c.req.url).searchParams, {}, 'refuse')
    return represent(c, {
      type: 'image/svg+xml',
      identity: `learning-curves-${await digest(spec)}`,
      make: async () => {
        const outcome = await results.get(spec, callerOf(c))
        const result = deriveResult(spec, outcome, { histories: 1 })
        return {
          body: renderToString(<LearningCurves result={result} {...size} standalone />),
          headers: cacheStatus(outcome),
        }
      },
    })
  }
}

/**
 * `/api/experiments.csv`: the numbers of an experiment as a table, for notebooks and spreadsheets.
 */
import type { Handler } from 'hono'

import { csvOf } from '#experiment/csv.ts'
import { digest as digestOf } from '#experiment/digest.ts'
import { readSpec } from '#experiment/permalink.ts'
import type { Results } from '#results/results.ts'

import { sizeOfOne } from './assemblies.ts'
import { callerOf, type App } from './environment.ts'
import { fileHeaders } from './files.ts'
import { represent } from './representation.ts'

export function getCsv(results: Results): Handler<App> {
  return async (c) => {
    const { spec } = readSpec(new URL(c.req.url).searchParams, {}, 'refuse')
    const digest = await digestOf(spec)
    return represent(c, {
      type: 'text/csv; charset=utf-8; header=present',
      identity: `csv-${digest}`,
      headers: {
        'Content-Disposition': `attachment; filename="minibatch-${digest.slice(0, 16)}.csv"`,
        ...fileHeaders,
      },
      need: () => results.get(spec, callerOf(c)),
      size: sizeOfOne([spec], { hasCurves: false }),
      isFile: true,
      isStreamed: true,
      make:
        ({ numbers }) =>
        (first) =>
          csvOf(spec, numbers, first),
    })
  }
}

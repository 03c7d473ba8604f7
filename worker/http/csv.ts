/** The route `/api/experiments.csv`: the numbers of an experiment as a table, for notebooks and spreadsheets. */
import type { Handler } from 'hono'

import { csvOf } from '#experiment/result/csv.ts'
import { digest as digestOf } from '#experiment/spec/digest.ts'
import { readSpec } from '#experiment/spec/permalink.ts'
import type { Results } from '#results/results.ts'

import { sizeOfOne } from './assembly-memory.ts'
import { fileHeaders } from './byte-ranges.ts'
import { respond } from './cached-response.ts'
import { callerOf, type WorkerApp } from './environment.ts'

export function getCsv(results: Results): Handler<WorkerApp> {
  return async (c) => {
    const { spec } = readSpec(new URL(c.req.url).searchParams, {}, 'refuse')
    const digest = await digestOf(spec)
    return respond(c, {
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

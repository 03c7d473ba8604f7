/** The routes `/api/sweep` and `/api/sweep.csv`: several experiments as data, with one row each. */
import type { Context, Handler } from 'hono'

import { sweepCsv, sweepOf, sweepRow, type SweepAnswer } from '#experiment/result/sweep-rows.ts'
import { mostExperiments } from '#experiment/spec/most-experiments.ts'
import { readSweep } from '#experiment/spec/sweep.ts'
import type { Results } from '#results/results.ts'

import { sizeOfSeveral } from './assembly-memory.ts'
import { fileHeaders } from './byte-ranges.ts'
import { respond } from './cached-response.ts'
import { deriveYielding } from './chunked-json.ts'
import type { WorkerApp } from './environment.ts'
import { eachOutcome, sweepDigest } from './several-experiments.ts'

/** A format in which a sweep is written. */
interface Form {
  type: string
  /** The prefix of its identity. */
  name: string
  isFile: boolean
  write: (sweep: SweepAnswer) => string
}

/** The handler of `/api/sweep`, which responds with JSON. */
export function getSweep(results: Results): Handler<WorkerApp> {
  const form = { type: 'application/json', name: 'sweep', isFile: false, write: JSON.stringify }
  return (c) => answer(c, results, form)
}

/** The handler of `/api/sweep.csv`, which responds with a table. */
export function getSweepCsv(results: Results): Handler<WorkerApp> {
  const type = 'text/csv; charset=utf-8; header=present'
  const form = { type, name: 'sweepcsv', isFile: true, write: sweepCsv }
  return (c) => answer(c, results, form)
}

async function answer(c: Context<WorkerApp>, results: Results, { type, name, isFile, write }: Form): Promise<Response> {
  const { specs, varied, equal } = readSweep(new URL(c.req.url).searchParams, {}, mostExperiments.ofMap)
  const question = await sweepDigest(specs, varied)
  const file = {
    'Content-Disposition': `attachment; filename="minibatch-sweep-${question.slice(0, 16)}.csv"`,
    ...fileHeaders,
  }
  return respond(c, {
    type,
    identity: `${name}-${question}-${equal}`,
    headers: isFile ? file : {},
    size: sizeOfSeveral(specs, {}),
    isFile,
    need: async () => {
      const { made, source } = await eachOutcome(c, results, specs, async (spec, outcome) =>
        sweepRow(spec, varied, await deriveYielding(spec, outcome, { histories: 0, curves: false })),
      )
      return { rows: made, source }
    },
    make: ({ rows }) => write(sweepOf(varied, equal, rows)),
  })
}

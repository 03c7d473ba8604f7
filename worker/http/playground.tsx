/**
 * `/playground`: the permalink's page. The site's template, filled with one experiment, so that it works without
 * JavaScript. A page ignores query keys that it does not know, and says what is wrong with those that it does.
 */
import type { Context, Handler } from 'hono'
import { renderToString } from 'preact-render-to-string'

import { KeyNumbers } from '#charts/key-numbers.tsx'
import { LearningCurves } from '#charts/learning-curves.tsx'
import { completeView } from '#charts/view.ts'
import { titleOf } from '#charts/words.ts'
import { referencesOf } from '#dataset/references.ts'
import { deriveResult } from '#experiment/derive.ts'
import { digest } from '#experiment/digest.ts'
import type { Outcome } from '#experiment/numbers.ts'
import { permalink, readSpec, specQuery } from '#experiment/permalink.ts'
import type { ExperimentResult } from '#experiment/result.ts'
import type { ExperimentSpec } from '#experiment/spec.ts'
import type { Results } from '#results/results.ts'

import { callerOf, type App } from './environment.ts'
import { problemOf } from './problems.ts'
import { represent } from './representation.ts'
import { fillPage } from './template.ts'

const path = '/playground'
const type = 'text/html; charset=utf-8'
const size = { width: 720, height: 400 }
/** The fields that the page's form has a control for; others are carried along. */
const controls = new Set(['batchSize', 'learningRate', 'epochs'])

export function playgroundPage(results: Results): Handler<App> {
  return async (c) => {
    const query = new URL(c.req.url).searchParams
    try {
      const { spec } = readSpec(query, {}, 'ignore')
      const expected = expectedOf(query)
      return await represent(c, {
        type,
        identity: ['playground', await digest(spec), ...Object.values(expected)].join('-'),
        need: () => results.get(spec, callerOf(c)),
        make: (outcome) => resultPage(c, spec, outcome, expected),
      })
    } catch (error) {
      return problemPage(c, query, error)
    }
  }
}

/** What a permalink that was shared says of its result. */
interface Expected {
  /** The first 16 hex digits of the fingerprint. */
  fingerprint?: string
  /** The version of the engine that gave it. */
  version?: string
}

/** What to expect, as far as it can be read: a page ignores what it does not understand. */
function expectedOf(query: URLSearchParams): Expected {
  const fingerprint = /^[0-9a-f]{16}/.exec(query.get('expect') ?? '')?.[0]
  const version = /^[a-z]+-\d+$/.exec(query.get('v') ?? '')?.[0]
  return { ...(fingerprint ? { fingerprint } : {}), ...(version ? { version } : {}) }
}

/** Whether the result is the one that was shared. */
function comparison({ fingerprint, engine }: ExperimentResult, expected: Expected): string {
  if (expected.version !== undefined && expected.version !== engine.version)
    return `The link was made with engine ${expected.version}; this is ${engine.version}, so the numbers may differ.`
  return fingerprint.startsWith(expected.fingerprint ?? '')
    ? 'These are the numbers that the link promises: the fingerprint is equal, so every bit is.'
    : 'These are not the numbers that the link promises: the fingerprint differs.'
}

/** The page with the spec in its form, the chart and the key numbers. */
function resultPage(c: Context<App>, spec: ExperimentSpec, outcome: Outcome, expected: Expected): Promise<string> {
  const result = deriveResult(spec, outcome, { histories: 1 })
  const carried = [...specQuery(spec)].filter(([field]) => !controls.has(field))
  return fillPage(c, path, {
    title: titleOf(result, completeView()),
    canonical: permalink(spec),
    values: new Map(Object.entries(spec).map(([field, value]) => [field, String(value)])),
    slots: {
      carried: renderToString(
        <>
          {carried.map(([field, value]) => (
            <input key={field} type="hidden" name={field} value={value} />
          ))}
        </>,
      ),
      chart: renderToString(
        <LearningCurves result={result} view={completeView()} references={referencesOf([spec])} {...size} />,
      ),
      numbers: renderToString(
        <>
          <KeyNumbers result={result} />
          {expected.fingerprint && <p>{comparison(result, expected)}</p>}
        </>,
      ),
    },
  })
}

/** The page with the query as it came, and what is wrong with it. */
async function problemPage(c: Context<App>, query: URLSearchParams, error: unknown): Promise<Response> {
  const { status, title, detail, errors = [], headers } = problemOf(error)
  if (status === 500) throw error
  const body = await fillPage(c, path, {
    title,
    values: new Map(query),
    wrong: new Set(errors.map(({ field }) => field)),
    slots: {
      problem: renderToString(
        <>
          <h2>{title}</h2>
          {errors.length === 0 && <p>{detail}</p>}
          <ul>
            {errors.map(({ field, value, expected }) => (
              <li key={field}>
                <code>{field}</code> is <code>{value || '(empty)'}</code>. Allowed: {expected}.
              </li>
            ))}
          </ul>
        </>,
      ),
    },
  })
  return c.body(body, status, { ...headers, 'Content-Type': type, 'Cache-Control': 'no-store' })
}

/**
 * `/embed`: the bare figure of a permalink, for other sites to frame. The only page that they may.
 */
import type { Context, Handler } from 'hono'
import { renderToString } from 'preact-render-to-string'

import { LearningCurves } from '#charts/learning-curves.tsx'
import { completeView } from '#charts/view.ts'
import { titleOf } from '#charts/words.ts'
import { referencesOf } from '#dataset/references.ts'
import { deriveResult } from '#experiment/derive.ts'
import { digest } from '#experiment/digest.ts'
import { permalink, readSpec } from '#experiment/permalink.ts'
import type { Results } from '#results/results.ts'

import { callerOf, type App } from './environment.ts'
import { problemOf } from './problems.ts'
import { represent } from './representation.ts'
import { fillPage } from './template.ts'

const path = '/embed'
const type = 'text/html; charset=utf-8'
const size = { width: 720, height: 400 }

export function embedPage(results: Results): Handler<App> {
  return async (c) => {
    try {
      const { spec } = readSpec(new URL(c.req.url).searchParams, {}, 'ignore')
      return await represent(c, {
        type,
        identity: `embed-${await digest(spec)}`,
        need: () => results.get(spec, callerOf(c)),
        make: (outcome) => {
          const result = deriveResult(spec, outcome, { histories: 1 })
          const title = titleOf(result, completeView())
          const figure = renderToString(
            <>
              <LearningCurves result={result} view={completeView()} references={referencesOf([spec])} {...size} />
              <figcaption>
                {title}.{' '}
                <a href={permalink(spec)} target="_blank" rel="noopener">
                  Run it yourself
                </a>
              </figcaption>
            </>,
          )
          return fillPage(c, path, { title, canonical: permalink(spec), slots: { figure } })
        },
      })
    } catch (error) {
      return problemPage(c, error)
    }
  }
}

/** The frame with what is wrong in place of the figure. */
async function problemPage(c: Context<App>, error: unknown): Promise<Response> {
  const { status, title, detail, headers } = problemOf(error)
  if (status === 500) throw error
  const problem = renderToString(
    <p>
      <strong>{title}.</strong> {detail}
    </p>,
  )
  const body = await fillPage(c, path, { title, slots: { problem } })
  return c.body(body, status, { ...headers, 'Content-Type': type, 'Cache-Control': 'no-store' })
}

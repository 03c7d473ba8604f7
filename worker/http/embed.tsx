/**
 * The page `/embed`: only the figure of a permalink, for iframes on other sites. It is the only page that other sites
 * may frame, and it fits any frame from 280 × 200 pixels up.
 */
import type { Context, Handler } from 'hono'
import { renderToString } from 'preact-render-to-string'

import { withAttributes } from '#charts/svg-file.ts'
import { headingOf } from '#charts/text/heading.ts'
import { referencesOf } from '#datasets/reference-accuracies.ts'
import { sha256 } from '#experiment/sha256.ts'
import { digest } from '#experiment/spec/digest.ts'
import { InvalidQuery } from '#experiment/spec/errors.ts'
import { permalink } from '#experiment/spec/permalink.ts'
import { hasErrors, readAddress, viewQuery, writeAddress } from '#playground-view/address.ts'
import { EmbeddedCurves } from '#playground-view/embedded-curves.tsx'
import { readTyped } from '#playground-view/lenient-input.ts'
import { asksAgain } from '#playground-view/notices.tsx'
import type { Results } from '#results/results.ts'
import { cachePolicies } from '#security/cache-control.ts'

import { sizeOfOne } from './assembly-memory.ts'
import { respond } from './cached-response.ts'
import { deriveYielding } from './chunked-json.ts'
import { callerOf, type WorkerApp } from './environment.ts'
import { retrySeconds, fillPage } from './page-template.ts'
import { problemOf } from './problems.ts'

const path = '/embed'
const type = 'text/html; charset=utf-8'
/** Search engines should not list it, since it is a part of other pages. */
const notListed = { 'X-Robots-Tag': 'noindex' }

export function embedPage(results: Results): Handler<WorkerApp> {
  return async (c) => {
    const { spec, shown } = readAddress(readTyped(new URL(c.req.url).searchParams).query)
    if (hasErrors(spec)) return problemPage(c, new InvalidQuery(spec.status, spec.errors))
    try {
      return await respond(c, {
        type,
        keep: 'page',
        namesOrigin: true,
        headers: notListed,
        identity: `embed-${await digest(spec)}-${await sha256(new TextEncoder().encode(String(viewQuery(shown))))}`,
        size: sizeOfOne([spec], { histories: 1 }),
        need: () => results.get(spec, callerOf(c)),
        make: async (outcome) => {
          const result = await deriveYielding(spec, outcome, { histories: 1 })
          const title = headingOf(spec)
          // A framing page may block its style sheets, so the figure needs attributes as well.
          const figure = withAttributes(
            renderToString(
              <>
                <EmbeddedCurves
                  drawing={{
                    results: [result],
                    view: shown.view,
                    references: referencesOf([spec]),
                    varied: [],
                  }}
                />
                <figcaption>
                  <h1>{title}</h1>
                  <a href={writeAddress(spec, shown)} target="_blank" rel="noopener">
                    Run it yourself
                  </a>
                </figcaption>
              </>,
            ),
            'auto',
          )
          return fillPage(c, path, { title, canonical: permalink(spec), slots: { figure } })
        },
      })
    } catch (error) {
      return problemPage(c, error)
    }
  }
}

/** The frame with the problem in place of the figure. */
async function problemPage(c: Context<WorkerApp>, error: unknown): Promise<Response> {
  const { status, title, detail, headers } = problemOf(error)
  if (status === 500) throw error
  const again = retrySeconds(headers)
  const problem = renderToString(
    <>
      <h1>{title}</h1>
      <p>{detail}</p>
      {again !== undefined && <p>{asksAgain(again)}</p>}
    </>,
  )
  const body = await fillPage(c, path, { title, again, slots: { problem } })
  return c.body(body, status, { ...headers, ...notListed, 'Content-Type': type, ...cachePolicies.never })
}

/**
 * The page `/embed`: only the figure of a permalink, for iframes on other sites. It is the only page that other sites
 * may frame, and it fits any frame from 280 × 200 pixels up.
 */
import type { Context, Handler } from 'hono'
import { renderToString } from 'preact-render-to-string'

import { withAttributes } from '#charts/svg-file.ts'
import { referencesOf } from '#datasets/reference-accuracies.ts'
import { sha256 } from '#experiment/sha256.ts'
import { shareOfBudget } from '#experiment/spec/budget.ts'
import { digest } from '#experiment/spec/digest.ts'
import { InvalidQuery } from '#experiment/spec/errors.ts'
import { permalink } from '#experiment/spec/permalink.ts'
import { hasErrors, readAddress, viewQuery, writeAddress } from '#playground-view/address.ts'
import { comparedInWords } from '#playground-view/comparison-text.ts'
import { EmbeddedCurves } from '#playground-view/embedded-curves.tsx'
import { pinnedOf } from '#playground-view/key-numbers.tsx'
import { readTyped } from '#playground-view/lenient-input.ts'
import { asksAgain } from '#playground-view/notices.tsx'
import { editedSide } from '#playground-view/sides.ts'
import { titleOfSetup } from '#playground-view/top-bar.tsx'
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
    const { query } = readTyped(new URL(c.req.url).searchParams)
    const { spec, shown } = readAddress(query)
    if (hasErrors(spec)) return problemPage(c, new InvalidQuery(spec.status, spec.errors))
    // An experiment that is too large to be compared is left out.
    const { pin: asked } = shown
    const pin = asked && shareOfBudget([spec, asked]) <= 1 ? asked : undefined
    try {
      return await respond(c, {
        type,
        keep: 'page',
        namesOrigin: true,
        headers: notListed,
        identity: `embed-${await digest(spec)}-${await sha256(new TextEncoder().encode(String(viewQuery(shown))))}`,
        size: sizeOfOne(pin ? [spec, pin] : [spec], { histories: 1 }),
        need: async () => {
          const outcome = await results.get(spec, callerOf(c))
          return { outcome, other: pin && (await results.get(pin, callerOf(c))), source: outcome.source }
        },
        make: async ({ outcome, other }) => {
          const result = await deriveYielding(spec, outcome, { histories: 1 })
          const pinned = pin && other && (await deriveYielding(pin, other, { histories: 1 }))
          const compared = pinned && pinnedOf(result, pinned)
          const title = titleOfSetup({ spec, shown })
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
                    pinned,
                    side: editedSide(shown),
                  }}
                />
                <figcaption>
                  <h1>{title}</h1>
                  {compared && <p>{comparedInWords(compared.comparison, spec, compared.result.spec)[0]}</p>}
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

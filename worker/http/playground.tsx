/**
 * The page `/playground`, which permalinks open: the site's template filled with the rendered playground, so that it
 * works without JavaScript. Unknown query keys are ignored, and invalid values are reported on the page.
 */
import type { Context, Handler } from 'hono'
import { renderToString } from 'preact-render-to-string'

import type { Subject } from '#charts/chart-type.ts'
import { wholeNumber } from '#charts/text/format.ts'
import { chartedPoints } from '#datasets/labeled-points.ts'
import { referencesOf } from '#datasets/reference-accuracies.ts'
import { datasetOf } from '#datasets/split.ts'
import type { Boundary } from '#experiment/result/boundary.ts'
import type { Outcome } from '#experiment/result/numbers.ts'
import { sha256 } from '#experiment/sha256.ts'
import { excessOf, isQuick, shareOfBudget, timesInWords, type Excess } from '#experiment/spec/budget.ts'
import { isAvailable, isInPlane } from '#experiment/spec/data-kind.ts'
import { digest } from '#experiment/spec/digest.ts'
import { permalink, specQuery, withQuery } from '#experiment/spec/permalink.ts'
import { specFields, type ExperimentSpec } from '#experiment/spec/spec.ts'
import {
  hasErrors,
  readAddress,
  viewQuery,
  waitKey,
  writeAddress,
  type Address,
  type Shown,
} from '#playground-view/address.ts'
import { isListed } from '#playground-view/crawlable.ts'
import { pinnedOf } from '#playground-view/key-numbers.tsx'
import { readTyped, type Typed } from '#playground-view/lenient-input.ts'
import { fingerprintCheckInWords } from '#playground-view/link-promise.ts'
import type { Refused } from '#playground-view/notices.tsx'
import { PlaygroundScreen, type TrainedOutcome, type Untrained } from '#playground-view/screen.tsx'
import { linkToValue, type SettingsState } from '#playground-view/settings-state.ts'
import { editedSide } from '#playground-view/sides.ts'
import { isOfForm } from '#playground-view/submitted-form.ts'
import { titleOfSetup } from '#playground-view/top-bar.tsx'
import type { BoundaryCache } from '#results/boundaries.ts'
import type { Results, Source } from '#results/results.ts'
import { cachePolicies } from '#security/cache-control.ts'

import { sizeOfOne } from './assembly-memory.ts'
import { respond } from './cached-response.ts'
import { deriveYielding } from './chunked-json.ts'
import { callerOf, type WorkerApp } from './environment.ts'
import { originOf } from './origin.ts'
import { retrySeconds, fillPage } from './page-template.ts'
import { problemOf, type ProblemDetails } from './problems.ts'

const path = '/playground'
const type = 'text/html; charset=utf-8'
/** The most runs that are drawn individually. */
const mostHistories = 10

export function playgroundPage(results: Results, boundaries: BoundaryCache): Handler<WorkerApp> {
  return async (c) => {
    const query = new URL(c.req.url).searchParams
    const typed = readTyped(query)
    const address = readAddress(typed.query, 'any')
    const { spec } = address
    if (hasErrors(spec)) return problemPage(c, typed, address, spec.status, refusal)
    // A submitted form is redirected to its permalink, unless the page must report something about the input.
    const isPlain = typed.normalized.length + typed.unknownKeys.length + address.leftOut.length === 0
    if (isOfForm(query) && isPlain) return c.redirect(writeAddress(spec, address.shown))
    if (!isAvailable(spec)) return problemPage(c, typed, address, 200, needsTable(spec))
    const excess = excessOf(spec)
    if (excess) return problemPage(c, typed, address, 422, tooLarge(spec, address.shown, excess))
    // Whoever waits sees nothing meanwhile: what takes time is trained in the browser.
    const isPatient = isQuick(spec) || query.has(waitKey)
    try {
      return await respond<Needed>(c, {
        type,
        keep: 'page',
        namesOrigin: true,
        identity: `${await identityOf(spec, typed, address)}${isPatient ? '' : '-early'}`,
        size: sizeOfOne([spec], { histories: mostHistories }),
        headers: listing(spec),
        need: async () => {
          const caller = callerOf(c)
          const outcome = isPatient ? await results.get(spec, caller) : await results.find(spec, caller)
          if (!outcome) return { isPartial: true }
          const beside = await otherSideOf(c, results, address.shown, query.has(waitKey))
          const plane = isPatient || isQuick({ ...spec, seeds: 1 }) ? await boundaryOf(c, boundaries, spec) : {}
          return { outcome, source: outcome.source, ...beside, ...plane }
        },
        make: async ({ outcome, other, boundary }) => {
          if (!outcome) return page(c, typed, address, { waitAt: waitAddress(c) })
          const result = await deriveYielding(spec, outcome, { histories: mostHistories })
          const { view, pin } = address.shown
          const pinned = pin && other && (await deriveYielding(pin, other, { histories: mostHistories }))
          const drawn = {
            results: [result],
            view,
            references: referencesOf([spec]),
            varied: [],
          } satisfies Partial<Subject>
          return page(c, typed, address, {
            curves: { ...drawn, pinned, side: editedSide(address.shown) },
            pinned: pinned && pinnedOf(result, pinned),
            boundary: boundary && {
              ...drawn,
              data: chartedPoints(datasetOf(spec)),
              boundary,
            },
            promise: address.promised && fingerprintCheckInWords(result, address.promised),
          })
        },
      })
    } catch (error) {
      const { status, title, detail, headers } = problemOf(error)
      if (status === 500) throw error
      return problemPage(c, typed, address, status, { title, detail, again: retrySeconds(headers) }, headers)
    }
  }
}

/** The address that link previews show: with the other experiment, if both fit one budget. */
function previewOf(spec: ExperimentSpec, { pin, side }: Shown): string | undefined {
  if (!pin || !isAvailable(pin) || shareOfBudget([spec, pin]) > 1) return undefined
  const query = new URLSearchParams([...specQuery(spec), ['pin', String(specQuery(pin))]])
  if (side) query.set('side', side)
  return withQuery(path, query)
}

/** What the page is made from: nothing yet, if the experiment is in no cache. */
interface Needed {
  outcome?: Outcome | undefined
  /** Of the experiment on the other side of a comparison. */
  other?: Outcome | undefined
  boundary?: Boundary
  source?: Source
  isPartial?: boolean
}

/** The address at which the Worker trains the experiment before it answers. */
function waitAddress(c: Context<WorkerApp>): string {
  const { pathname, searchParams } = new URL(c.req.url)
  searchParams.set(waitKey, '1')
  return `${pathname}?${searchParams}`
}

/** Allows search engines to index the tutorial's experiments, and no others. */
const listing = (spec: ExperimentSpec): Record<string, string> => (isListed(spec) ? {} : { 'X-Robots-Tag': 'noindex' })
/** The experiment on the other side of a comparison. If it would have to be trained and that is refused, there is none. */
async function otherSideOf(
  c: Context<WorkerApp>,
  results: Results,
  { pin }: Shown,
  isPatient: boolean,
): Promise<Pick<Needed, 'other' | 'isPartial'>> {
  if (!pin || !isAvailable(pin) || excessOf(pin)) return {}
  const caller = callerOf(c)
  try {
    return { other: await (isPatient || isQuick(pin) ? results.get(pin, caller) : results.find(pin, caller)) }
  } catch (error) {
    if (problemOf(error).status === 500) throw error
    return { isPartial: true }
  }
}

/**
 * The decision boundary of an experiment's first run. If it would have to be trained and that is refused, the page is
 * rendered without it, and so is a dataset of more than two features. The layers engine never gets one: its boundary is trained separately from the numbers, which
 * takes too long for a page, because every update calls TensorFlow.js.
 */
async function boundaryOf(
  c: Context<WorkerApp>,
  boundaries: BoundaryCache,
  spec: ExperimentSpec,
): Promise<{ boundary?: Boundary; isPartial?: boolean }> {
  if (spec.engine !== 'fused' || !isInPlane(spec)) return {}
  try {
    return { boundary: (await boundaries.get(spec, callerOf(c))).boundary }
  } catch (error) {
    if (problemOf(error).status === 500) throw error
    return { isPartial: true }
  }
}

/** The notice for an experiment on a table that only the visitor has. */
function needsTable({ data }: ExperimentSpec): Refused {
  const named = data === undefined ? '' : `, whose digest is ${data}`
  return {
    title: 'This link needs a table of yours',
    detail: `It is trained on your own data${named}. Own data never leaves the browser, which alone trains on it: this needs JavaScript.`,
    scripted: data === undefined ? 'Choose the file.' : 'Choose the file: the page says whether it is the same.',
    hasOwnData: true,
  }
}

/** The notice above invalid settings. */
const refusal: Refused = { title: 'This cannot be trained', detail: '' }

/**
 * The notice for an experiment that exceeds the Worker's budget: the limit, and links to the largest settings that fit.
 */
function tooLarge(spec: ExperimentSpec, shown: Shown, { times, fits }: Excess): Refused {
  const ways = fits.flatMap(({ field, most }) => {
    const way = linkToValue({ spec, shown }, field, most)
    return 'address' in way
      ? [{ address: way.address, words: `${wholeNumber(most)} ${most === 1 ? field.slice(0, -1) : field}` }]
      : []
  })
  const isOurs = spec.engine === 'fused'
  return {
    title: 'Too large for the Worker',
    detail: `The Worker has a budget of work for each experiment. This one is ${timesInWords(times)} that${isOurs ? '' : ` of engine=${spec.engine}`}.`,
    scripted: isOurs
      ? 'Your browser has no such limit: it trains the experiment as soon as this page is loaded.'
      : undefined,
    ways,
  }
}

/**
 * The identity of the page, as a hash of everything that it shows: the experiment, its view, and the notices about the
 * address.
 */
async function identityOf(spec: ExperimentSpec, { normalized, unknownKeys }: Typed, address: Address): Promise<string> {
  const { shown, promised, leftOut } = address
  const said = JSON.stringify([
    await digest(spec),
    String(viewQuery(shown)),
    promised,
    normalized,
    unknownKeys,
    leftOut,
  ])
  return `playground-${await sha256(new TextEncoder().encode(said))}`
}

/** Renders the page with the settings and their outcome. */
function page(
  c: Context<WorkerApp>,
  typed: Typed,
  address: Address,
  outcome: TrainedOutcome | Untrained | Refused,
): Promise<string> {
  const { spec, right, shown, leftOut } = address
  const errors = hasErrors(spec) ? spec.errors : []
  const setup: SettingsState = { spec: right, shown, errors, ...shownAgain(typed, errors.length > 0) }
  return fillPage(c, path, {
    title: 'title' in outcome ? outcome.title : titleOfSetup(setup),
    ...(hasErrors(spec) || !isAvailable(spec) || excessOf(spec)
      ? {}
      : { canonical: permalink(spec), preview: previewOf(spec, shown) }),
    ...('waitAt' in outcome ? { again: 0, againAt: outcome.waitAt } : {}),
    ...('again' in outcome ? { again: outcome.again } : {}),
    slots: {
      instrument: renderToString(
        <PlaygroundScreen
          setup={setup}
          unknownKeys={typed.unknownKeys}
          leftOut={leftOut}
          origin={originOf(c)}
          outcome={outcome}
        />,
      ),
    },
  })
}

/**
 * The most characters of all settings that are echoed as typed, which is more than anyone types, and the most of each
 * beyond that.
 */
const mostTyped = 1000
const longestTyped = 40

/**
 * The typed settings and how they were parsed, shown in full if something must be corrected. The size of a refusal is
 * limited, so that it is not much longer than the query.
 */
function shownAgain({ query, normalized }: Typed, isRefused: boolean): Pick<SettingsState, 'typed' | 'normalized'> {
  const fields = Array.from(query).filter(([key]) => key in specFields)
  const length = fields.reduce((sum, [, text]) => sum + text.length, 0)
  const cut = (text: string) => text.slice(0, length > mostTyped ? longestTyped : mostTyped)
  return {
    typed: isRefused ? Object.fromEntries(fields.map(([key, text]) => [key, cut(text)])) : {},
    normalized: normalized.map(({ field, came, as }) => ({ field, came: cut(came), as: cut(as) })),
  }
}

/** Renders the page with the settings as they were given, and the reason why they were not trained. */
async function problemPage(
  c: Context<WorkerApp>,
  typed: Typed,
  address: Address,
  status: ProblemDetails['status'],
  refused: Refused,
  headers: ProblemDetails['headers'] = {},
): Promise<Response> {
  const body = await page(c, typed, address, refused)
  return c.body(body, status, { ...headers, 'X-Robots-Tag': 'noindex', 'Content-Type': type, ...cachePolicies.never })
}

/**
 * `/playground`: the permalink's page. The site's template, filled with the instrument, so that it works without
 * JavaScript. A page ignores query keys that it does not know, and says what is wrong with those that it does.
 */
import type { Context, Handler } from 'hono'
import { renderToString } from 'preact-render-to-string'

import { whole } from '#charts/format.ts'
import { headingOf } from '#charts/heading.ts'
import type { Subject } from '#charts/kind.ts'
import { labeledPoints } from '#dataset/labeled-points.ts'
import { referencesOf } from '#dataset/references.ts'
import { datasetOf } from '#dataset/split.ts'
import type { Boundary } from '#experiment/boundary.ts'
import { excessOf, timesInWords, type Excess } from '#experiment/budget.ts'
import { digest } from '#experiment/digest.ts'
import { permalink } from '#experiment/permalink.ts'
import { sha256 } from '#experiment/sha256.ts'
import { specFields, type ExperimentSpec } from '#experiment/spec.ts'
import { hasErrors, readAddress, viewQuery, writeAddress, type Address, type Shown } from '#instrument/address.ts'
import { isListed } from '#instrument/crawlable.ts'
import { isOfForm } from '#instrument/form.ts'
import { Instrument, type Trained } from '#instrument/instrument.tsx'
import type { Refused } from '#instrument/notes.tsx'
import { promiseKept } from '#instrument/promise.ts'
import { wayTo, type Setup } from '#instrument/setup.ts'
import { readTyped, type Typed } from '#instrument/typed.ts'
import type { Boundaries } from '#results/boundaries.ts'
import type { Results } from '#results/results.ts'
import { keeping } from '#security/keeping.ts'

import { sizeOfOne } from './assemblies.ts'
import { callerOf, type App } from './environment.ts'
import { originOf } from './origin.ts'
import { resultOf } from './pieces.ts'
import { problemOf, type Problem } from './problems.ts'
import { represent } from './representation.ts'
import { againAfter, fillPage } from './template.ts'

const path = '/playground'
const type = 'text/html; charset=utf-8'
/** Runs that are drawn one by one. */
const mostHistories = 10

export function playgroundPage(results: Results, boundaries: Boundaries): Handler<App> {
  return async (c) => {
    const query = new URL(c.req.url).searchParams
    const typed = readTyped(query)
    const address = readAddress(typed.query, 'any')
    const { spec } = address
    if (hasErrors(spec)) return problemPage(c, typed, address, spec.status, refusal)
    // A form's answer is a permalink; unless there is something to say of what was typed.
    const isPlain = typed.readings.length + typed.strangers.length + address.leftOut.length === 0
    if (isOfForm(query) && isPlain) return c.redirect(writeAddress(spec, address.shown))
    const excess = excessOf(spec)
    if (excess) return problemPage(c, typed, address, 422, tooLarge(spec, address.shown, excess))
    try {
      return await represent(c, {
        type,
        keep: 'page',
        namesOrigin: true,
        identity: await identityOf(spec, typed, address),
        size: sizeOfOne([spec], { histories: mostHistories }),
        headers: listing(spec),
        need: async () => {
          const outcome = await results.get(spec, callerOf(c))
          return { ...outcome, ...(await boundaryOf(c, boundaries, spec)) }
        },
        make: async ({ boundary, ...outcome }) => {
          const result = await resultOf(spec, outcome, { histories: mostHistories })
          const { view } = address.shown
          const drawn = {
            results: [result],
            view,
            references: referencesOf([spec]),
            varied: [],
          } satisfies Partial<Subject>
          return page(c, typed, address, {
            curves: { ...drawn },
            boundary: boundary && {
              ...drawn,
              data: labeledPoints(datasetOf(spec)),
              boundary,
            },
            promise: address.promised && promiseKept(result, address.promised),
          })
        },
      })
    } catch (error) {
      const { status, title, detail, headers } = problemOf(error)
      if (status === 500) throw error
      return problemPage(c, typed, address, status, { title, detail, again: againAfter(headers) }, headers)
    }
  }
}

/** What search engines are told: that they may list the tutorial's experiments, and no others. */
const listing = (spec: ExperimentSpec): Record<string, string> => (isListed(spec) ? {} : { 'X-Robots-Tag': 'noindex' })
/**
 * The boundary of an experiment's first run. Where it would have to be trained and that is refused, the page comes without
 * it. None with the layers engine: it is trained apart from the numbers, which takes too long for a page where every step
 * calls TensorFlow.js.
 */
async function boundaryOf(
  c: Context<App>,
  boundaries: Boundaries,
  spec: ExperimentSpec,
): Promise<{ boundary?: Boundary; isPartial?: boolean }> {
  if (spec.engine !== 'fused') return {}
  try {
    return { boundary: (await boundaries.get(spec, callerOf(c))).boundary }
  } catch (error) {
    if (problemOf(error).status === 500) throw error
    return { isPartial: true }
  }
}

/** What is said above settings that are wrong. */
const refusal: Refused = { title: 'This cannot be trained', detail: '' }

/** What is said of an experiment that the Worker does not train: the limit, and the most that fits. */
function tooLarge(spec: ExperimentSpec, shown: Shown, { times, fits }: Excess): Refused {
  const ways = fits.flatMap(({ field, most }) => {
    const way = wayTo({ spec, shown }, field, most)
    return 'address' in way
      ? [{ address: way.address, words: `${whole(most)} ${most === 1 ? field.slice(0, -1) : field}` }]
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

/** Everything that the page says, as a hash: the experiment, how it is shown, and what is said of the address. */
async function identityOf(spec: ExperimentSpec, { readings, strangers }: Typed, address: Address): Promise<string> {
  const { shown, promised, leftOut } = address
  const said = JSON.stringify([await digest(spec), String(viewQuery(shown)), promised, readings, strangers, leftOut])
  return `playground-${await sha256(new TextEncoder().encode(said))}`
}

/** The page with the settings, and what came of them. */
function page(c: Context<App>, typed: Typed, address: Address, outcome: Trained | Refused): Promise<string> {
  const { spec, right, shown, leftOut } = address
  const errors = hasErrors(spec) ? spec.errors : []
  const setup: Setup = { spec: right, shown, errors, ...shownAgain(typed, errors.length > 0) }
  return fillPage(c, path, {
    title: 'curves' in outcome ? headingOf(right) : outcome.title,
    ...(hasErrors(spec) || excessOf(spec) ? {} : { canonical: permalink(spec) }),
    again: 'again' in outcome ? outcome.again : undefined,
    slots: {
      instrument: renderToString(
        <Instrument
          setup={setup}
          strangers={typed.strangers}
          leftOut={leftOut}
          origin={originOf(c)}
          outcome={outcome}
        />,
      ),
    },
  })
}

/** Characters of all settings together that are shown as they came: more than anyone types; and of each, where it is more. */
const mostTyped = 1000
const longestTyped = 40

/**
 * What was typed into the settings and how it was read: all of it, where something is to be put right. A refusal is not much
 * longer than the query, whatever that says.
 */
function shownAgain({ query, readings }: Typed, isRefused: boolean): Pick<Setup, 'typed' | 'readings'> {
  const fields = Array.from(query).filter(([key]) => key in specFields)
  const length = fields.reduce((sum, [, text]) => sum + text.length, 0)
  const cut = (text: string) => text.slice(0, length > mostTyped ? longestTyped : mostTyped)
  return {
    typed: isRefused ? Object.fromEntries(fields.map(([key, text]) => [key, cut(text)])) : {},
    readings: readings.map(({ field, came, as }) => ({ field, came: cut(came), as: cut(as) })),
  }
}

/** The page with the settings as they came, and why they were not trained. */
async function problemPage(
  c: Context<App>,
  typed: Typed,
  address: Address,
  status: Problem['status'],
  refused: Refused,
  headers: Problem['headers'] = {},
): Promise<Response> {
  const body = await page(c, typed, address, refused)
  return c.body(body, status, { ...headers, 'X-Robots-Tag': 'noindex', 'Content-Type': type, ...keeping.never })
}

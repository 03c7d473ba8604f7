/** The route `/oembed`: how to embed a permalink on another site, in the oEmbed format (https://oembed.com). */
import type { Context, Handler } from 'hono'
import * as z from 'zod/mini'

import { cardSize } from '#cards/size.ts'
import { headingOf } from '#charts/text/heading.ts'
import { digest } from '#experiment/spec/digest.ts'
import { fieldError, InvalidQuery } from '#experiment/spec/errors.ts'
import { about, wholeField } from '#experiment/spec/fields.ts'
import { repairedQuery } from '#experiment/spec/pasted-query.ts'
import { specQuery, withQuery } from '#experiment/spec/permalink.ts'
import { readQuery } from '#experiment/spec/query.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { hasErrors, readAddress, viewQuery, type Shown } from '#playground-view/address.ts'
import { embedCode, frameSize } from '#playground-view/embed-code.ts'
import { readTyped } from '#playground-view/lenient-input.ts'

import { respond } from './cached-response.ts'
import { cardPath } from './card.ts'
import type { WorkerApp } from './environment.ts'
import { originOf } from './origin.ts'
import { jsonOnly, Refusal } from './problems.ts'

/** The pages that can be embedded; both are shown as the bare figure. */
const pages = ['/playground', '/embed']
/** How long the response may be cached, in seconds. */
const cacheAge = 3600

const url = z.string().register(about, {
  title: 'page to embed',
  description: 'the address of a permalink, or of its bare figure, on this site',
})
const format = z.string().register(about, { title: 'format of the answer', description: 'json' })

export const oembedFields = {
  url,
  maxwidth: wholeField('most pixels that the frame may be wide', 1, 10_000),
  maxheight: wholeField('most pixels that the frame may be high', 1, 10_000),
  format,
}

export const OEmbedAnswer = z.strictObject({
  version: z.literal('1.0'),
  type: z.literal('rich'),
  title: z.string(),
  provider_name: z.string(),
  provider_url: z.string(),
  cache_age: z.int().check(z.describe('For how many seconds it may be kept.')),
  html: z.string().check(z.describe('The frame, to be put into a page.')),
  width: z.int(),
  height: z.int(),
  thumbnail_url: z.optional(z.string().check(z.describe('The permalink’s card, where the limits leave room for it.'))),
  thumbnail_width: z.optional(z.int()),
  thumbnail_height: z.optional(z.int()),
})
type OEmbedAnswer = z.output<typeof OEmbedAnswer>

export const getOEmbed: Handler<WorkerApp> = async (c) => {
  // oEmbed consumers add keys of their own.
  const given = readQuery(oembedFields, repairedQuery(new URL(c.req.url).searchParams), 'ignore')
  if (given.url === undefined) throw new InvalidQuery(400, [fieldError('url', '', `${about.get(url)?.description}`)])
  if ((given.format ?? 'json') !== 'json') throw new Refusal(jsonOnly)
  const { spec, shown } = shownAt(c, given.url)
  const { maxwidth = Infinity, maxheight = Infinity } = given
  return respond(c, {
    type: 'application/json',
    namesOrigin: true,
    identity: ['oembed', await digest(spec), viewQuery(shown), maxwidth, maxheight].join('-'),
    make: () => JSON.stringify(answer(c, spec, shown, { maxwidth, maxheight })),
  })
}

/**
 * The experiment that an address of this site shows, and its view.
 *
 * @throws Refusal if there is nothing to embed. oEmbed prescribes status 404 for this, whatever the reason.
 */
function shownAt(c: Context<WorkerApp>, address: string): { spec: ExperimentSpec; shown: Shown } {
  const here = new URL(c.req.url)
  const nothing = { status: 404, title: 'Nothing to embed' } as const
  const there = URL.parse(address, here)
  if (there?.host !== here.host || !/^https?:$/.test(there.protocol) || !pages.includes(there.pathname))
    throw new Refusal({
      ...nothing,
      detail: `Only addresses of ${pages.join(' and ')} on ${here.host} can be embedded.`,
    })
  const { spec, shown } = readAddress(readTyped(there.searchParams).query)
  if (!hasErrors(spec)) return { spec, shown }
  const { message, errors } = new InvalidQuery(spec.status, spec.errors)
  throw new Refusal({ ...nothing, detail: message, errors })
}

/** The space that the consumer allows, in pixels. */
type Room = Record<'maxwidth' | 'maxheight', number>

function answer(
  c: Context<WorkerApp>,
  spec: ExperimentSpec,
  shown: Shown,
  { maxwidth, maxheight }: Room,
): OEmbedAnswer {
  const origin = originOf(c)
  const width = Math.min(frameSize.width, maxwidth)
  const height = Math.min(frameSize.height, maxheight)
  const hasRoom = cardSize.width <= maxwidth && cardSize.height <= maxheight
  return {
    version: '1.0',
    type: 'rich',
    title: headingOf(spec),
    provider_name: 'Minibatch',
    provider_url: `${origin}/`,
    cache_age: cacheAge,
    html: embedCode(spec, shown, origin, { width, height }),
    width,
    height,
    ...(hasRoom
      ? {
          thumbnail_url: origin + withQuery(cardPath, specQuery(spec)),
          thumbnail_width: cardSize.width,
          thumbnail_height: cardSize.height,
        }
      : {}),
  }
}

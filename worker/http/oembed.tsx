/**
 * `/oembed`: how to show a permalink on another site, for those who ask (https://oembed.com).
 */
import type { Context, Handler } from 'hono'
import { renderToString } from 'preact-render-to-string'
import * as z from 'zod/mini'

import { cardSize } from '#cards/size.ts'
import { headingOf } from '#charts/heading.ts'
import { completeView } from '#charts/view.ts'
import { titleOf } from '#charts/words.ts'
import { digest } from '#experiment/digest.ts'
import { fieldError, InvalidQuery } from '#experiment/errors.ts'
import { about, whole } from '#experiment/fields.ts'
import { permalink, readSpec, specQuery, withQuery } from '#experiment/permalink.ts'
import { readQuery } from '#experiment/query.ts'
import type { ExperimentSpec } from '#experiment/spec.ts'

import { cardPath } from './card.ts'
import type { App } from './environment.ts'
import { jsonOnly, problemOf, Refusal } from './problems.ts'
import { represent } from './representation.ts'

/** The pages that can be shown elsewhere; both as the bare figure. */
const pages = ['/playground', '/embed']
const framePath = '/embed'
const widest = 720
/** The room around the figure, that above its caption, and a line and a letter of this, in pixels. */
const room = { around: 16, between: 12, line: 21, letter: 7 }
/** How long the answer may be kept, in seconds. */
const cacheAge = 3600

const url = z.string().register(about, {
  title: 'page to embed',
  description: 'the address of a permalink, or of its bare figure, on this site',
})
const format = z.string().register(about, { title: 'format of the answer', description: 'json' })

export const oembedFields = {
  url,
  maxwidth: whole('most pixels that the frame may be wide', 1, 10_000),
  maxheight: whole('most pixels that the frame may be high', 1, 10_000),
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

export const getOEmbed: Handler<App> = async (c) => {
  // Those who ask add keys of their own.
  const given = readQuery(oembedFields, new URL(c.req.url).searchParams, 'ignore')
  if (given.url === undefined) throw new InvalidQuery(400, [fieldError('url', '', `${about.get(url)?.description}`)])
  if ((given.format ?? 'json') !== 'json') throw new Refusal(jsonOnly)
  const spec = specAt(c, given.url)
  const { maxwidth = Infinity, maxheight = Infinity } = given
  return represent(c, {
    type: 'application/json',
    identity: `oembed-${await digest(spec)}-${maxwidth}-${maxheight}`,
    make: () => JSON.stringify(answer(c, spec, { maxwidth, maxheight })),
  })
}

/**
 * The experiment that an address of this site shows.
 *
 * @throws Refusal where there is nothing to embed: oEmbed has 404 for it, whatever the reason
 */
function specAt(c: Context<App>, address: string): ExperimentSpec {
  const here = new URL(c.req.url)
  const nothing = { status: 404, title: 'Nothing to embed' } as const
  const there = URL.parse(address, here)
  if (there?.host !== here.host || !/^https?:$/.test(there.protocol) || !pages.includes(there.pathname))
    throw new Refusal({
      ...nothing,
      detail: `Only addresses of ${pages.join(' and ')} on ${here.host} can be embedded.`,
    })
  try {
    return readSpec(there.searchParams, {}, 'ignore').spec
  } catch (error) {
    const { detail, errors } = problemOf(error)
    if (!errors) throw error
    throw new Refusal({ ...nothing, detail, errors })
  }
}

/** How high the bare figure is at a width: the drawing, and a caption of some lines, in pixels. */
function heightAt(width: number, spec: ExperimentSpec): number {
  const inner = Math.max(200, width - room.around)
  const caption = `${titleOf({ spec, permalink: permalink(spec) }, completeView())}. Run it yourself`
  return Math.ceil(
    (inner * 5) / 9 + room.around + room.between + room.line * Math.ceil((caption.length * room.letter) / inner),
  )
}

function answer(c: Context<App>, spec: ExperimentSpec, most: Record<'maxwidth' | 'maxheight', number>): OEmbedAnswer {
  const address = (path: string) => new URL(path, c.req.url).href
  const width = Math.min(widest, most.maxwidth)
  const title = headingOf(spec)
  const height = Math.min(heightAt(width, spec), most.maxheight)
  const query = specQuery(spec)
  const hasRoom = cardSize.width <= most.maxwidth && cardSize.height <= most.maxheight
  return {
    version: '1.0',
    type: 'rich',
    title,
    provider_name: 'Minibatch',
    provider_url: address('/'),
    cache_age: cacheAge,
    html: renderToString(
      <iframe
        src={address(withQuery(framePath, query))}
        title={title}
        width={width}
        height={height}
        loading="lazy"
        style={{ border: 0 }}
        sandbox="allow-popups allow-popups-to-escape-sandbox"
      />,
    ),
    width,
    height,
    ...(hasRoom
      ? {
          thumbnail_url: address(withQuery(cardPath, query)),
          thumbnail_width: cardSize.width,
          thumbnail_height: cardSize.height,
        }
      : {}),
  }
}

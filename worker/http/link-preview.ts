/** Link preview metadata of a permalink's pages: the social card and the oEmbed discovery link. */
import type { Context } from 'hono'

import { permalinkPage, withQuery } from '#experiment/spec/permalink.ts'

import { cardPath } from './card.ts'
import type { WorkerApp } from './environment.ts'
import { originOf } from './origin.ts'

interface Sharing {
  /** The values of `<meta>` elements, by their property or name. */
  tags: ReadonlyMap<string, string>
  /** The URL for oEmbed discovery. */
  oembed: string
}

/** The metadata of a page; undefined if its canonical address is not a permalink. */
export function linkPreviewOf(
  c: Context<WorkerApp>,
  canonical: string | undefined,
  title: string,
): Sharing | undefined {
  if (canonical === undefined) return undefined
  const { href, pathname, searchParams } = new URL(canonical, originOf(c))
  if (pathname !== permalinkPage) return undefined
  const address = (path: string) => new URL(path, href).href
  const alt = `Learning curves: ${title}.`
  return {
    tags: new Map([
      ['og:image', address(withQuery(cardPath, searchParams))],
      ['og:image:alt', alt],
      ['twitter:image:alt', alt],
    ]),
    oembed: address(withQuery('/oembed', new URLSearchParams({ format: 'json', url: href }))),
  }
}

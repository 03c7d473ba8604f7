/**
 * A page of the site, filled by the Worker: its title and its slots.
 */
import type { Context } from 'hono'

import type { App } from './environment.ts'
import { sharingOf } from './sharing.ts'

/** The pages that the Worker fills, and the one that it gives its status. */
const pages = ['/playground', '/embed', '/api', '/404'] as const
export type PagePath = (typeof pages)[number]

export function isPage(path: string): path is PagePath {
  return (pages as readonly string[]).includes(path)
}

/** A page as the site's build made it. */
export async function templateOf(c: Context<App>, path: PagePath, method: 'GET' | 'HEAD'): Promise<Response> {
  const page = await c.env.ASSETS.fetch(new URL(path, c.req.url), { method })
  if (!page.ok) throw new Error(`the site has no ${path}`)
  return page
}

/** What goes into a page. */
export interface Filling {
  title: string
  /** The page's own address, as a path with its query. */
  canonical?: string
  /** In how many seconds the page asks again, where there is no JavaScript; never, where nothing is said. */
  again?: number | undefined
  /** HTML for the elements with a `data-slot`, by its name; the other slots stay empty. */
  slots: Readonly<Record<string, string>>
}

/** The HTML of a page of the site with everything filled in. */
export async function fillPage(c: Context<App>, path: PagePath, filling: Filling): Promise<string> {
  const { title, canonical, again, slots } = filling
  const sharing = sharingOf(c, canonical, title)
  return new HTMLRewriter()
    .on('title', { element: (element) => void element.setInnerContent(`${title} – Minibatch`) })
    .on('meta[property="og:title"]', { element: (meta) => void meta.setAttribute('content', title) })
    .on('meta[property="og:url"]', {
      element: (meta) => {
        if (canonical) meta.setAttribute('content', new URL(canonical, c.req.url).href)
        else meta.remove()
      },
    })
    .on('link[rel=canonical]', {
      element: (link) => {
        if (canonical) link.setAttribute('href', new URL(canonical, c.req.url).href)
        else link.remove()
      },
    })
    .on('meta[content]', {
      element: (meta) => {
        const value = sharing?.tags.get(meta.getAttribute('property') ?? meta.getAttribute('name') ?? '')
        if (value !== undefined) meta.setAttribute('content', value)
      },
    })
    .on('link[type="application/json+oembed"]', {
      element: (link) => {
        if (sharing) link.setAttribute('href', sharing.oembed).setAttribute('title', title)
        else link.remove()
      },
    })
    .on('head', {
      element: (head) => {
        const refresh = `<noscript><meta http-equiv="refresh" content="${again}"></noscript>`
        if (again !== undefined) head.append(refresh, { html: true })
      },
    })
    .on('[data-slot]', {
      element: (slot) => void slot.setInnerContent(slots[slot.getAttribute('data-slot') ?? ''] ?? '', { html: true }),
    })
    .transform(await templateOf(c, path, 'GET'))
    .text()
}

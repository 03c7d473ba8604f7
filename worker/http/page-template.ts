/**
 * Fills a page of the static site (its template) with a title, metadata and the HTML of its slots, using HTMLRewriter.
 */
import type { Context } from 'hono'

import { withNofollow } from '#playground-view/crawlable.ts'

import type { WorkerApp } from './environment.ts'
import { linkPreviewOf } from './link-preview.ts'
import { originOf } from './origin.ts'
import type { ProblemDetails } from './problems.ts'

/** The pages that the Worker fills, and the 404 page, which it only gives its status. */
const pages = ['/playground', '/embed', '/api', '/404'] as const
export type PagePath = (typeof pages)[number]

export function isPage(path: string): path is PagePath {
  return (pages as readonly string[]).includes(path)
}

/** The error thrown if the site's files cannot be read, or not in time. */
export class SiteError extends Error {
  override name = 'SiteError'
}

/**
 * How long reading a page of the site may take, including its body, in milliseconds. Each page is read twice, the
 * second time for its headers.
 */
const patience = 2000

/**
 * Reads a page as the site's build made it.
 *
 * @throws SiteError if it cannot be read in time
 */
export async function loadTemplate(c: Context<WorkerApp>, path: PagePath, method: 'GET' | 'HEAD'): Promise<Response> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new SiteError(`no ${path} in ${patience} ms`)), patience)
  })
  try {
    return await Promise.race([read(c, path, method), late])
  } finally {
    clearTimeout(timer)
  }
}

async function read(c: Context<WorkerApp>, path: PagePath, method: 'GET' | 'HEAD'): Promise<Response> {
  try {
    const page = await c.env.ASSETS.fetch(new URL(path, c.req.url), { method })
    if (!page.ok) throw new SiteError(`status ${page.status}`)
    // Read completely, so that an interrupted read fails here.
    return new Response(method === 'HEAD' ? null : await page.arrayBuffer(), { headers: page.headers })
  } catch (error) {
    throw new SiteError(`the site has no ${path}: ${String(error)}`)
  }
}

/** The content of a page. */
export interface TemplateSlots {
  title: string
  /** The page's canonical address, as a path with its query. */
  canonical?: string
  /** The address that link previews show; by default the canonical one. It may compare with another experiment. */
  preview?: string | undefined
  /**
   * The seconds after which the page reloads itself; never, if undefined. If the page has a script, the script does
   * that instead.
   */
  again?: number | undefined
  /** The address that it loads then; by default its own. */
  againAt?: string | undefined
  /** The HTML of the elements with a `data-slot` attribute, by its value. Other slots stay empty. */
  slots: Readonly<Record<string, string>>
}

/** The longest delay after which a page reloads itself, in seconds. If a retry takes longer, the reader decides. */
const longestWait = 90

/** The seconds after which a refused page reloads itself; undefined if the refusal lasts too long. */
export function retrySeconds(headers: ProblemDetails['headers'] = {}): number | undefined {
  const seconds = Number(headers['Retry-After'] ?? Infinity)
  return seconds <= longestWait ? seconds : undefined
}

/**
 * The HTML of a page of the site with all its content.
 *
 * @throws SiteError if the template cannot be read in time
 */
export async function fillPage(c: Context<WorkerApp>, path: PagePath, filling: TemplateSlots): Promise<string> {
  const { title, canonical, preview = canonical, again, againAt, slots } = filling
  const template = await loadTemplate(c, path, 'GET')
  const origin = originOf(c)
  const sharing = linkPreviewOf(c, preview, title)
  return new HTMLRewriter()
    .on('title', { element: (element) => void element.setInnerContent(`${title} – Minibatch`) })
    .on('meta[property="og:title"]', { element: (meta) => void meta.setAttribute('content', title) })
    .on('meta[property="og:url"]', {
      element: (meta) => {
        if (canonical) meta.setAttribute('content', new URL(canonical, origin).href)
        else meta.remove()
      },
    })
    .on('link[rel=canonical]', {
      element: (link) => {
        if (canonical) link.setAttribute('href', new URL(canonical, origin).href)
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
        if (again === undefined) return
        const to = againAt === undefined ? '' : `; url=${againAt.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}`
        const refresh = `<meta http-equiv="refresh" content="${again}${to}">`
        head.append(path === '/embed' ? refresh : `<noscript>${refresh}</noscript>`, { html: true })
      },
    })
    .on('[data-slot]', {
      element: (slot) =>
        void slot.setInnerContent(withNofollow(slots[slot.getAttribute('data-slot') ?? ''] ?? ''), { html: true }),
    })
    .transform(template)
    .text()
}

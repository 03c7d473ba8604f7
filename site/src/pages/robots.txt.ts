/**
 * Everything may be read; experiments on request are not for crawlers.
 */
import type { APIRoute } from 'astro'

export const GET: APIRoute = ({ site }) =>
  new Response(`User-agent: *\nDisallow: /api/\nDisallow: /charts/\n\nSitemap: ${new URL('/sitemap.xml', site).href}\n`)

/** The sitemap: the pages that search engines should index. */
import type { APIRoute } from 'astro'

import { mainPages, reportPages } from '../build/site-pages.ts'

export const GET: APIRoute = ({ site }) => {
  const urls = [...mainPages, ...reportPages].map(({ path }) => `<url><loc>${new URL(path, site).href}</loc></url>`)
  return new Response(
    `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls.join('')}</urlset>\n`,
  )
}

/**
 * The pages that search engines should know.
 */
import type { APIRoute } from 'astro'

import { presets } from '#experiment/presets.ts'

const paths = [
  '/',
  '/playground',
  '/reports',
  '/reports/sweep',
  ...presets.map(({ slug }) => `/reports/${slug}`),
  '/api',
  '/about',
]

export const GET: APIRoute = ({ site }) => {
  const urls = paths.map((path) => `<url><loc>${new URL(path, site).href}</loc></url>`).join('')
  return new Response(
    `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls}</urlset>\n`,
  )
}

/**
 * Machines may read everything, the API first of all: it is made for them. What search engines should not list says so
 * itself (`X-Robots-Tag`, `noindex`), and links to experiments on request say `nofollow`. A stream is no document: it lasts
 * as long as a training, and is never stored.
 */
import type { APIRoute } from 'astro'

export const GET: APIRoute = ({ site }) => {
  const address = (path: string) => new URL(path, site).href
  return new Response(
    [
      `# What there is, for agents: ${address('/llms.txt')}`,
      'User-agent: *',
      'Disallow: /api/experiments/stream',
      '',
      `Sitemap: ${address('/sitemap.xml')}`,
      '',
    ].join('\n'),
  )
}

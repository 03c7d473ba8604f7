/**
 * The robots.txt. Crawlers may read everything, in particular the API, which is made for programs. What search engines
 * should not index says so itself (`X-Robots-Tag`, `noindex`), and links to experiments on demand have `nofollow`. Only
 * the stream is disallowed, since it is not a document: it lasts as long as a training and is never stored.
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

/** The description of the site for agents (https://llmstxt.org): its pages, its API and its reports. */
import type { APIRoute } from 'astro'
import { getCollection } from 'astro:content'

import { routes } from '../build/api-guide.ts'
import { mainPages, reportPages, summary } from '../build/site-pages.ts'

export const GET: APIRoute = async ({ site }) => {
  const line = (path: string, name: string, about: string) => `- [${name}](${new URL(path, site).href}): ${about}`
  const chapters = (await getCollection('tutorial')).toSorted((a, b) => Number.parseInt(a.id) - Number.parseInt(b.id))
  const parts = [
    '# Minibatch',
    `> ${summary}`,
    'Each experiment is a query, such as `batchSize=4&learningRate=0.1&seeds=10`. The same query works on the page ' +
      '`/playground`, on the API and on the charts, and gives everyone the same numbers. Settings that are left out have ' +
      'the defaults of the tutorial. A new experiment is trained when it is asked for, which takes up to some seconds: ask ' +
      'for what you need, not for every combination.',
    `## Pages\n\n${mainPages.map(({ path, name, about }) => line(path, name, about)).join('\n')}`,
    `## The parts of the tutorial\n\n${chapters.map(({ data }, index) => `${index + 1}. ${data.title}`).join('\n')}`,
    [
      '## API\n',
      line('/api.md', 'Guide', 'how to use the API, with examples, in Markdown'),
      ...routes
        .filter(([path]) => path.startsWith('/api') || path.startsWith('/charts'))
        .map(([path, answer]) => line(path, path, answer)),
    ].join('\n'),
    `## Reports\n\n${reportPages.map(({ path, name, about }) => line(path, name, about)).join('\n')}`,
  ]
  return new Response(`${parts.join('\n\n')}\n`)
}

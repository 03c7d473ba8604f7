/** The API guide in Markdown, for agents. */
import type { APIRoute } from 'astro'

import { answerFields, answerQuery, routeExamples, trimmedAnswer } from '../build/api-examples.ts'
import {
  aboutErrors,
  aboutNotebook,
  aboutQueries,
  fields,
  introduction,
  problems,
  routes,
  uses,
} from '../build/api-guide.ts'

/** The Markdown language of each kind of example. */
const languages = { curl: 'sh', JavaScript: 'js', Python: 'python', HTML: 'html' } as const

/** Escapes a table cell. */
const cell = (text = '') => text.replaceAll('|', String.raw`\|`)

export const GET: APIRoute = async ({ site }) => {
  const origin = site?.origin ?? ''
  const address = (text: string) => text.replaceAll(/(?<=\]\()\//g, `${origin}/`)
  const examples = uses.flatMap(({ title, text, examples: own }) => [
    `## ${title}`,
    text,
    ...own.map(
      ({ language, before, path, after }) =>
        `### ${language}\n\n\`\`\`${languages[language]}\n${before}${origin}${path}${after}\n\`\`\``,
    ),
  ])
  const table = fields.map(
    ({ name, value, allowed, isInWords }) =>
      `| \`${name}\` | ${isInWords ? cell(value) : `\`${cell(value)}\``} | ${cell(allowed)} |`,
  )
  const parts = [
    '# Minibatch API',
    address(introduction),
    address(aboutNotebook),
    ...examples,
    '## An answer, field by field',
    `The answer of \`${answerQuery}\`, shortened:`,
    `\`\`\`json\n${await trimmedAnswer()}\n\`\`\``,
    answerFields.map(({ path, description }) => `- \`${path}\`: ${description}`).join('\n'),
    '## An example of each other route',
    routeExamples.map(({ path, read }) => `- [\`${path}\`](${origin}${path}): read ${read}`).join('\n'),
    '## The query',
    ...aboutQueries,
    ['| field | default | allowed |', '| --- | --- | --- |', ...table].join('\n'),
    '## The routes',
    routes.map(([path, answer]) => `- [\`${path}\`](${origin}${path}): ${answer}`).join('\n'),
    '## Errors',
    aboutErrors,
    problems.map(([status, meaning]) => `- ${status}: ${meaning}`).join('\n'),
  ]
  return new Response(`${parts.join('\n\n')}\n`, { headers: { 'Content-Type': 'text/markdown; charset=utf-8' } })
}

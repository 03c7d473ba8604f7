/**
 * An Astro integration that moves what the numbers in the text say of their origin out of the pages. Components write it
 * into attributes of each `<data>` element: the query of an experiment, the path in the API's answer, or the name of a
 * measurement. In the article these are a seventh of its compressed size, and no reader sees them. They are published at
 * `/numbers.json` instead, from which a test derives every number again.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import type { AstroIntegration } from 'astro'

/** The attributes that are moved: of a number, nothing else begins like this but the marks of scoped styles. */
const attribute = /\s+data-(?!astro-cid)([\w-]+)(?:="([^"]*)")?/g

/** Where a number comes from: its attributes, without `data-`. */
type Source = Record<string, string>

/** Moves the sources of the numbers out of a page. */
function withoutSources(html: string): { html: string; sources: Source[] } {
  const sources: Source[] = []
  const shorter = html.replaceAll(/<data\b[^>]*>/g, (tag) => {
    const source = Object.fromEntries(
      Array.from(tag.matchAll(attribute), ([, name = '', value = '']) => [name, decoded(value)]),
    )
    sources.push(source)
    return tag
      .replaceAll(attribute, '')
      .replace(/(?<=\svalue=")[\d.e+-]+/, (value) => String(Number(Number(value).toPrecision(6))))
  })
  return { html: shorter, sources }
}

const decoded = (text: string) => text.replaceAll(/&(?:amp|#38);/g, '&').replaceAll('&quot;', '"')

/** The Astro integration. */
export function numberSources(): AstroIntegration {
  return {
    name: 'number-sources',
    hooks: {
      'astro:build:done': ({ dir }) => {
        const folder = fileURLToPath(dir)
        const byPage: Record<string, Source[]> = {}
        for (const file of globSync('**/*.html', { cwd: folder }).toSorted()) {
          const { html, sources } = withoutSources(readFileSync(folder + file, 'utf8'))
          if (sources.length === 0) continue
          writeFileSync(folder + file, html)
          byPage[`/${file.replace(/(?:^|\/)?(?:index)?\.html$/, '')}`] = sources
        }
        writeFileSync(`${folder}numbers.json`, JSON.stringify(byPage))
      },
    },
  }
}

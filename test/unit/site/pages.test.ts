import { globSync, readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { chartNames } from '#charts/drawing.tsx'
import { isolateLimits, trainingLimitsInWords, workQuotaInWords, storageInWords } from '#experiment/spec/limits.ts'
import { presets } from '#experiment/spec/presets.ts'

import { builtPages, elements, isBuilt } from '../../support/built-pages.ts'
import { atOnceWith, weightOf } from '../../support/shipped.ts'

const pages = builtPages()
/** Those that stand for themselves: a frame on another site's page, and the answer to a wrong address, do not. */
const ownPages = pages.filter(({ path }) => path !== '/embed' && path !== '/404')
/** Paths that the Worker answers. */
const workerPaths = /^\/(api|charts|cards\/experiment|oembed|playground|embed)(\/|$|\?|\.)/

/** The sentences of a page: of its paragraphs, its lists and its captions. */
function sentencesOf(html: string): string[] {
  const prose = Array.from(html.matchAll(/<(p|li|figcaption)>([\s\S]*?)<\/\1>/g), ([, , text = '']) => text)
  return prose
    .map((text) => text.replaceAll(/<math[\s\S]*?<\/math>|<[^>]*>/g, '').replaceAll(/\s+/g, ' '))
    .flatMap((text) => text.split(/(?<=[.?!])\s/))
    .filter((sentence) => sentence.split(' ').length > 3)
}

/** The school grade at which a text reads easily: the automated readability index (Senter and Smith 1967). */
function gradeOf(sentences: readonly string[]): number {
  const words = sentences.flatMap((sentence) => sentence.match(/[\p{L}\d.]*[\p{L}\d]/gu) ?? [])
  const characters = words.reduce((sum, word) => sum + word.length, 0)
  return 4.71 * (characters / words.length) + 0.5 * (words.length / sentences.length) - 21.43
}

const linksOf = (html: string) =>
  elements(html, 'a')
    .map(({ attributes }) => attributes.get('href'))
    .filter((href) => href !== undefined)

describe('every built page', () => {
  it('is there: the tutorial, a report for each preset and for the sweep, and the others', () => {
    const paths = pages.map(({ path }) => path)
    expect(paths).toEqual(expect.arrayContaining(['/', '/about', '/404', '/reports', '/reports/sweep', '/playground']))
    expect(paths).toEqual(expect.arrayContaining(presets.map(({ slug }) => `/reports/${slug}`)))
  })

  it.each(pages)('$path has links and anchors that lead somewhere', ({ path, html }) => {
    const ids = new Map(
      pages.map((page) => [page.path, new Set(Array.from(page.html.matchAll(/\sid="([^"]+)"/g), ([, id]) => id))]),
    )
    const broken = linksOf(html).filter((href) => {
      if (/^https?:/.test(href) && !href.startsWith('http://localhost:8787')) return false
      const { pathname, hash } = new URL(href, `http://localhost:8787${path}`)
      if (workerPaths.test(pathname)) return false
      if (!isBuilt(pathname) && pathname !== '/') return true
      return hash !== '' && !ids.get(pathname)?.has(hash.slice(1))
    })
    expect(broken).toEqual([])
  })

  it.each(pages.filter(({ path }) => path !== '/embed'))(
    '$path has one first heading, no skipped level and no id twice',
    ({ html }) => {
      const levels = Array.from(html.matchAll(/<h([1-6])[\s>]/g), ([, level]) => Number(level))
      expect(levels.filter((level) => level === 1)).toHaveLength(1)
      expect(levels[0]).toBe(1)
      levels.slice(1).forEach((level, index) => expect(level - levels[index]!).toBeLessThanOrEqual(1))
      const ids = Array.from(html.matchAll(/\sid="([^"]+)"/g), ([, id]) => id)
      expect(ids).toEqual([...new Set(ids)])
    },
  )

  it.each(pages)('$path has no paragraph that breaks off', ({ html }) => {
    const paragraphs = Array.from(html.matchAll(/<p>([\s\S]*?)<\/p>/g), ([, text = '']) =>
      text.replaceAll(/<[^>]*>/g, '').trim(),
    )
    const sentences = paragraphs.filter((text) => text.split(' ').length > 3)
    expect(sentences.filter((text) => !/[.?!:]$/.test(text))).toEqual([])
    expect(sentences.filter((text) => /^[a-z,;]/.test(text))).toEqual([])
    // A compressor may eat the space beside a word.
    const glued = /[\p{L}\d,;.]<(?:a|strong|code|em|data)\b[^>]*>[^<]|<\/(?:a|strong|code|em|data)>[\p{L}\d]/gu
    expect(html.match(glued)).toBeNull()
    // A formatter may eat the space beside a number.
    expect(html.match(/>[^<>]*\b[A-Za-z]{2,}\d+[A-Za-z]{2,}\b[^<>]*</g)).toBeNull()
  })

  it.each(pages)('$path has nothing inline that the security policy forbids', ({ html }) => {
    expect(html).not.toMatch(/\sstyle="/)
    expect(html).not.toMatch(/\son[a-z]+="/)
  })

  it.each(ownPages)('$path says what it is to those who link to it', ({ path, html }) => {
    const meta = new Map(
      elements(html, 'meta').map(({ attributes }) => [
        attributes.get('property') ?? attributes.get('name'),
        attributes.get('content') ?? '',
      ]),
    )
    const description = meta.get('description')!
    expect(description.length).toBeGreaterThan(40)
    expect(description.length).toBeLessThan(170)
    const [canonical, ...others] = elements(html, 'link').filter(
      ({ attributes }) => attributes.get('rel') === 'canonical',
    )
    expect(others).toEqual([])
    expect(new URL(canonical!.attributes.get('href')!, 'http://localhost:8787').pathname).toBe(path)
    if (path === '/playground') return
    expect(isBuilt(new URL(meta.get('og:image')!).pathname)).toBe(true)
  })
})

describe('the words', () => {
  it.each(['/', '/about'])('of %s read at grade 9 or below', (path) => {
    const sentences = sentencesOf(pages.find((page) => page.path === path)!.html)
    expect(sentences.length).toBeGreaterThan(30)
    expect(gradeOf(sentences)).toBeLessThan(9)
    expect(sentences.filter((sentence) => sentence.split(' ').length > 45)).toEqual([])
  })
})

it.each(['/about', '/api'])(
  '%s tells how much is trained at once, how long one waits, and what one address may ask for',
  (path) => {
    const { inFlight, waiting } = isolateLimits
    const { html } = pages.find((one) => one.path === path)!
    expect(html.replaceAll(/\s+/g, ' ')).toContain(trainingLimitsInWords)
    for (const limit of [inFlight.short, inFlight.long, waiting.most, waiting.longest / 1000])
      expect(trainingLimitsInWords).toMatch(new RegExp(`\\b${limit}\\b`))
    expect(html.replaceAll(/\s+/g, ' ')).toContain(workQuotaInWords)
  },
)

it('/about tells what is stored, for how long, and how much one address may have stored', () => {
  expect(pages.find(({ path }) => path === '/about')!.html.replaceAll(/\s+/g, ' ')).toContain(storageInWords)
})

it('the script of figures fetches the charts one by one, and no file that is only a part of one', () => {
  const scripts = globSync('site/dist/_astro/*.js').map((file) => readFileSync(file, 'utf8'))
  const fetched = scripts.flatMap((text) =>
    Array.from(text.matchAll(/charts\/types\/([\w-]+)\.tsx/g), ([, name]) => name),
  )
  expect(new Set(fetched)).toEqual(new Set(chartNames))
})

it('the playground preloads every script of its first view, few in number, and none that another page loads', () => {
  const { html } = pages.find(({ path }) => path === '/playground')!
  const preloaded = Array.from(html.matchAll(/rel="modulepreload" href="\/_astro\/([^"]+)"/g), ([, name]) => name!)
  const island = preloaded.filter((name) => name.startsWith('island.'))
  expect(island).toHaveLength(1)
  const starters = preloaded.filter((name) => /^(?:Page|playground)\.astro_/.test(name))
  expect(starters).toHaveLength(2)
  const atOnce = atOnceWith(...starters, ...island)
  expect(preloaded.filter((name) => !name.startsWith('worker-')).toSorted()).toEqual(atOnce.toSorted())
  expect(preloaded.length).toBeLessThanOrEqual(8)
  expect(weightOf(preloaded)).toBeLessThanOrEqual(106_000)
  // What figures, the first screen and frames load at once is not the playground's.
  for (const page of ['figure-island', 'hero-island', 'embed-island', 'diagnose.astro'] as const) {
    const script = globSync(`site/dist/_astro/${page}*.js`).map((file) => file.split('/').at(-1)!)
    expect(script).toHaveLength(1)
    expect(atOnceWith(...script)).not.toContain(island[0])
  }
})

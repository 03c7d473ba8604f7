/**
 * An Astro integration that moves the drawings of figures in long pages to separate files. Browsers load these lazily
 * when the reader scrolls near them, without JavaScript, so the initial page stays small.
 */
import { glob, mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'

import type { AstroIntegration } from 'astro'

import { svgFile } from '#charts/svg-file.ts'

/** The pages that are long enough, as files of the build. */
const pages = ['index.html', 'reports/*.html']
const folder = 'drawings'
/** Matches a drawing of a figure, of which Figure.astro writes one per width. */
const drawing = /(?<=<div class="figure-drawing from-\d+(?: to-\d+)?">)<svg[\s\S]*?<\/svg>/g

/** The Astro integration. */
export function pictures(): AstroIntegration {
  return {
    name: 'pictures',
    hooks: {
      'astro:build:done': async ({ dir }) => {
        const at = (path: string) => fileURLToPath(new URL(path, dir))
        await mkdir(at(folder), { recursive: true })
        for await (const page of glob(pages, { cwd: dir })) await movePictures(at, page)
      },
    },
  }
}

async function movePictures(at: (path: string) => string, page: string): Promise<void> {
  const html = await readFile(at(page), 'utf8')
  const moved: { path: string; svg: string }[] = []
  const lighter = html.replaceAll(drawing, (svg) => {
    const path = `${folder}/${basename(page, '.html')}-${moved.length + 1}.svg`
    moved.push({ path, svg: svgFile(svg, 'auto') })
    return imageOf(svg, `/${path}`)
  })
  await Promise.all([writeFile(at(page), lighter), ...moved.map(({ path, svg }) => writeFile(at(path), svg))])
}

/** An image element in place of a drawing, with its size and its accessible name. */
function imageOf(svg: string, path: string): string {
  const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? []
  const text = /aria-label="([^"]*)"/.exec(svg)?.[1] ?? ''
  return `<img src="${path}" width="${width}" height="${height}" loading="lazy" decoding="async" alt="${text}">`
}

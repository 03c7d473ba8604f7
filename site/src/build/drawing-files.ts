/**
 * The drawings of figures as separate files. Browsers load these lazily when the reader scrolls near them, without
 * JavaScript, so long pages stay small. Pages register their drawings while they are rendered; the build then writes
 * the files, and `astro dev` serves them.
 */
import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'

import type { AstroIntegration } from 'astro'
import { h, type VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'

import type { Size } from '#charts/axes/frame.tsx'
import { svgFile } from '#charts/svg-file.ts'

const folder = '/drawings'

/**
 * The registered files by name. They are kept on the global object because Astro loads the pages' modules apart from
 * those of its configuration.
 */
const files: Map<string, string> = ((globalThis as Record<symbol, unknown>)[Symbol.for('drawing files')] ??=
  new Map()) as Map<string, string>

/**
 * Registers a chart as a file, named after its content.
 *
 * @returns the image element that shows it, with the chart's accessible name
 */
export function drawingImage(chart: VNode, { width, height }: Size): VNode {
  const svg = renderToString(chart)
  const file = svgFile(svg, 'auto')
  const name = `${createHash('sha256').update(file).digest('hex').slice(0, 16)}.svg`
  files.set(name, file)
  const label = /aria-label="([^"]*)"/.exec(svg)?.[1] ?? ''
  const alt = label.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&')
  return h('img', { src: `${folder}/${name}`, width, height, loading: 'lazy', decoding: 'async', alt }) as VNode
}

/** The Astro integration that writes or serves the registered files. */
export function drawingFiles(): AstroIntegration {
  return {
    name: 'drawing-files',
    hooks: {
      'astro:server:setup': ({ server }) => {
        server.middlewares.use(folder, ({ url = '' }, response, next) => {
          const file = files.get(basename(url))
          if (file === undefined) return next()
          response.setHeader('Content-Type', 'image/svg+xml').end(file)
        })
      },
      'astro:build:done': async ({ dir }) => {
        const at = new URL(`.${folder}/`, dir)
        await mkdir(at, { recursive: true })
        await Promise.all([...files].map(([name, file]) => writeFile(fileURLToPath(new URL(name, at)), file)))
      },
    },
  }
}

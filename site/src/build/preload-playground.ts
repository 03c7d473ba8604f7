/**
 * An Astro integration that lets the playground's page preload its scripts. Without it, a browser finds them level by
 * level, which takes five round trips; with it, they are loaded while the page is still being read. Only this page does
 * so: readers of the article may never touch a figure, and load scripts when they do (no-preloading.ts).
 */
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

import type { AstroIntegration } from 'astro'
import type { Plugin } from 'vite'

/** The script that makes the page live, and the page. */
const entry = '/client/playground/island.tsx'
const page = 'playground.html'
/** The scripts of the page itself and of every page, in the order in which they run. */
const starter = /^_astro\/(?:Page|playground)\.astro_astro_type_script/
/** The web worker that trains. */
const worker = /^_astro\/worker-[\w-]+\.js$/

/** The integration. */
export function preloadPlayground(): AstroIntegration {
  let files: string[] = []
  const findScripts: Plugin = {
    name: 'find-scripts-of-playground',
    apply: 'build',
    applyToEnvironment: ({ name }) => name === 'client',
    generateBundle(_, bundle) {
      const island = Object.values(bundle).find(
        (file) => file.type === 'chunk' && file.moduleIds.some((id) => id.includes(entry)),
      )
      if (!island) return
      const found = new Set([island.fileName])
      // Also visits what it adds.
      for (const name of found) {
        const chunk = bundle[name]
        if (chunk?.type === 'chunk') for (const imported of chunk.imports) found.add(imported)
      }
      // First what starts the worker, and the worker: it starts while the others are loaded.
      const names = Object.keys(bundle)
      const first = names.filter((name) => starter.test(name))
      for (const name of first) {
        const chunk = bundle[name]
        if (chunk?.type === 'chunk') first.push(...chunk.imports.filter((one) => !first.includes(one)))
      }
      files = [...new Set([...first, ...names.filter((name) => worker.test(name)), ...found])]
    },
  }
  return {
    name: 'preload-playground',
    hooks: {
      'astro:config:setup': ({ updateConfig }) => void updateConfig({ vite: { plugins: [findScripts] } }),
      'astro:build:done': async ({ dir }) => {
        if (files.length === 0) throw new Error(`no script comes from ${entry}`)
        const path = fileURLToPath(new URL(page, dir))
        const html = await readFile(path, 'utf8')
        // The worker's script, too, as any other: Chromium refuses `as="worker"`, and takes it from its cache.
        const links = files.map((file) => `<link rel="modulepreload" href="/${file}">`)
        await writeFile(path, html.replace('</head>', `${links.join('')}</head>`))
      },
    },
  }
}

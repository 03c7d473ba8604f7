/** The Astro configuration of the site: integrations, build settings and the development proxy to the Worker. */

import mdx from '@astrojs/mdx'
import { defineConfig } from 'astro/config'

import { siteAddress } from '../worker/deployment/site-url.ts'
import { securityHeaders } from './security-headers.mjs'
import { forSupportedBrowsers } from './src/build/browsers.ts'
import { colors } from './src/build/colors.ts'
import { drawingFiles } from './src/build/drawing-files.ts'
import { noPreloading } from './src/build/no-preloading.ts'
import { nofollow } from './src/build/nofollow.ts'
import { numberSources } from './src/build/number-sources.ts'
import { ownPlayground } from './src/build/own-playground.ts'
import { preloadPlayground } from './src/build/preload-playground.ts'
import { groupScripts } from './src/build/script-chunks.ts'

/** The address of `wrangler dev`, to which `astro dev` forwards API requests. */
const worker = process.env['WORKER_URL'] ?? 'http://localhost:8787'

/**
 * Handles the bundler's warnings. One is suppressed: Astro marks the style sheets of chapters by a directive, which it
 * reads before the bundler drops it.
 *
 * @type {NonNullable<import('vite').Rolldown.InputOptions['onwarn']>}
 */
const onwarn = (warning, warn) => {
  const isAstros = warning.code === 'MODULE_LEVEL_DIRECTIVE' && warning.message?.includes('"use astro:head-inject"')
  if (!isAstros) warn(warning)
}

export default defineConfig({
  /** The address at which the site is deployed, which canonical links, social cards and the sitemap contain. */
  site: siteAddress(process.env),
  // Drawings are written before the headers, because the headers contain hashes of their styles.
  integrations: [mdx(), drawingFiles(), nofollow(), numberSources(), preloadPlayground(), securityHeaders()],
  /** No inline code, because the pages' security policy allows only files. */
  build: { format: 'file', inlineStylesheets: 'never' },
  trailingSlash: 'never',
  cacheDir: '../node_modules/.astro',
  markdown: { syntaxHighlight: false },
  vite: {
    plugins: [colors(), ownPlayground(), noPreloading(), forSupportedBrowsers(), groupScripts()],
    build: { assetsInlineLimit: 0, rolldownOptions: { onwarn } },
    cacheDir: '../node_modules/.vite',
    /** Module workers, because the kernel is loaded with a top-level await. */
    worker: {
      format: 'es',
      // As Astro names all other files, so that what a worker and a page both load is one file.
      rolldownOptions: { output: { assetFileNames: '_astro/[name].[hash][extname]' } },
    },
    server: { proxy: { '/api': worker, '/charts': worker } },
  },
})

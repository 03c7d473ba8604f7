/** An Astro integration that adds `nofollow` to links in built pages, as the Worker does in the pages that it fills. */
import { glob, readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

import type { AstroIntegration } from 'astro'

import { withNofollow } from '#playground-view/crawlable.ts'

/** The Astro integration. */
export function nofollow(): AstroIntegration {
  return {
    name: 'nofollow',
    hooks: {
      'astro:build:done': async ({ dir }) => {
        for await (const page of glob('**/*.html', { cwd: dir })) {
          const file = fileURLToPath(new URL(page, dir))
          await writeFile(file, withNofollow(await readFile(file, 'utf8')))
        }
      },
    },
  }
}

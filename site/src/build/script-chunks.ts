/**
 * Which shared modules the bundler puts into one file, apart from the playground's first view (own-playground.ts). By
 * default it makes a file for every set of entries that share a module, many of them below 1 kB, each with half a kilobyte
 * of headers and a rule of its own in `_headers`, which may hold a hundred.
 */
import type { Plugin } from 'vite'

/** The shared modules of pages' own scripts, which every reader loads: none is put beside what its page does not need. */
const ofPages = {
  name: 'page',
  tags: ['$initial' as const],
  priority: 1,
  minShareCount: 2,
  entriesAware: true,
  entriesAwareMergeThreshold: 0,
}

/**
 * The shared modules of everything that is loaded on demand. Sets of modules smaller than this many bytes before they
 * are minified join the set that is shared by the most similar entries. With larger sets, the hero and the figures of the
 * article would load what they do not need.
 */
const onDemand = { name: 'shared', minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 700 }

/** A name of a group, to which the bundler appends all of its entries: the hash already tells groups apart. */
const groupName = /^(?:page|shared)(?=[_~])/

/** The Vite plugin that sets the groups for the scripts of browsers. */
export function groupScripts(): Plugin {
  return {
    name: 'script-chunks',
    configEnvironment(name, options) {
      if (name !== 'client') return
      const astros = options.build?.rolldownOptions?.output
      if (Array.isArray(astros)) throw new Error('one output was expected')
      const output = {
        ...astros,
        codeSplitting: { groups: [ofPages, onDemand] },
        chunkFileNames: ({ name: chunk }: { name: string }) =>
          `_astro/${groupName.exec(chunk)?.[0] ?? '[name]'}.[hash].js`,
      }
      options.build = { ...options.build, rolldownOptions: { ...options.build?.rolldownOptions, output } }
    },
  }
}

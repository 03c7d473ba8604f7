/**
 * A Vite plugin that puts the playground's first view into one file, from a copy of its modules that no other page
 * shares. By default the bundler makes a file for each set of entries that share a module, and the playground shares
 * parts with every figure and with its own parts that load on demand: its first view was 50 files, each with some 0.7 kB
 * of response headers. One file is also smaller than its parts, and the other pages have fewer and smaller ones.
 */
import type { Plugin } from 'vite'

/** The end of a copy's id. */
const mark = '?playground'
/** The script of the playground's page, from which the copies are reached. */
const page = '/pages/playground.astro?'
/** The script that makes the page live. */
const island = `/client/playground/island.tsx${mark}`

/** What is known of the modules when the files are formed. */
interface Graph {
  getModuleInfo: (id: string) => { isEntry: boolean; importers: readonly string[] } | null
}

/** The plugin. */
export function ownPlayground(): Plugin {
  return {
    name: 'own-playground',
    apply: 'build',
    enforce: 'pre',
    applyToEnvironment: ({ name }) => name === 'client',
    async resolveId(source, importer, options) {
      const isCopy = importer?.endsWith(mark)
      if (!importer || !(isCopy || importer.includes(page))) return undefined
      const from = isCopy ? importer.slice(0, -mark.length) : importer
      const resolved = await this.resolve(source, from, { ...options, skipSelf: true })
      // Virtual modules and files that are not code stay one.
      const isCode = resolved && !resolved.external && /^[^\0?]+\.(?:[mc]?[jt]s|[jt]sx)$/.test(resolved.id)
      return isCode ? { ...resolved, id: resolved.id + mark } : resolved
    },
    // The playground's file exports what its parts use of it; Astro asks for files that export what their entry does.
    options: (options) => ({ ...options, preserveEntrySignatures: 'allow-extension' }),
    outputOptions: (options) => ({
      ...options,
      codeSplitting: {
        groups: [
          {
            name: (id, graph) => (isOfFirstView(id, graph) ? 'island' : null),
            priority: 2,
            includeDependenciesRecursively: false,
          },
          // Those of all other scripts (script-chunks.ts).
          ...(typeof options.codeSplitting === 'object' ? (options.codeSplitting.groups ?? []) : []),
        ],
      },
    }),
  }
}

/** Whether the playground loads a module at once, and its page's script, which starts the worker, does not. */
function isOfFirstView(id: string, graph: Graph): boolean {
  if (!id.endsWith(mark)) return false
  const loaders = new Set([id])
  // A set goes on to those that are added while it is gone through.
  for (const loader of loaders) graph.getModuleInfo(loader)?.importers.forEach((importer) => loaders.add(importer))
  return (
    [...loaders].some((loader) => loader.endsWith(island)) &&
    ![...loaders].some((loader) => graph.getModuleInfo(loader)?.isEntry)
  )
}

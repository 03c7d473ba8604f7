/**
 * A Vite plugin that disables lists of modules to preload for scripts that are loaded later. The lists would add more
 * to the first view than the scripts that contain them. The cost is one round trip when such a script is first needed.
 *
 * It also replaces Vite's preload helper. Without lists, the helper only reports imports that fail
 * (site/src/client/page/missing-part.ts), and it adds 0.9 kB to every view that imports anything on demand.
 */
import type { Plugin } from 'vite'

/** Vite's module with the function that wraps each import on demand. */
const helper = '\0vite/preload-helper.js'

/** Its replacement, which Vite calls with an import and the disabled list. */
const importAndReport = `export const __vitePreload = (load) =>
  load().catch((payload) => {
    window.dispatchEvent(Object.assign(new Event('vite:preloadError'), { payload }))
    throw payload
  })`

/** The Vite plugin that sets the option, which Astro otherwise sets for each of its environments itself. */
export function noPreloading(): Plugin {
  return {
    name: 'no-preloading',
    enforce: 'pre',
    configEnvironment(_, options) {
      options.build = { ...options.build, modulePreload: false }
    },
    load: (id) => (id === helper ? importAndReport : undefined),
    /** The lists that are left are style sheets of an import: nothing would load them. */
    writeBundle(_, bundle) {
      for (const file of Object.values(bundle))
        if (file.type === 'chunk' && file.code.includes('__vite__mapDeps'))
          throw new Error(`${file.fileName} imports a script with styles of its own: put them into the page`)
    },
  }
}

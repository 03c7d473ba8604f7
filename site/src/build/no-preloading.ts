/**
 * Scripts that are fetched later come without Vite's lists of what to preload for each: the lists would weigh more in
 * the first view than the scripts that hold them. It costs a round trip when such a script is first wanted.
 *
 * Vite's helper that preloads what is listed is replaced, too: without lists it does nothing but report an import that
 * fails (site/src/page/missing-part.ts), and it weighs 0.9 kB in every view that imports anything on demand.
 */
import type { Plugin } from 'vite'

/** The module that Vite wraps each import on demand in. */
const helper = '\0vite/preload-helper.js'

/** What Vite calls with an import, and with the lists that are turned off. */
const importAndReport = `export const __vitePreload = (load) =>
  load().catch((payload) => {
    window.dispatchEvent(Object.assign(new Event('vite:preloadError'), { payload }))
    throw payload
  })`

/** The plugin for Vite's configuration: Astro sets this option itself, for each of its environments. */
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

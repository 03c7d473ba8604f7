/**
 * The oldest supported version of each browser. The build compiles scripts and style sheets for them, `/about` lists
 * them, and a test looks up everything that the built files use in MDN's browser-compat-data.
 */
import type { Plugin } from 'vite'

/** The oldest supported version by browser name. */
export const supportedBrowsers = { Safari: '15.4', Chrome: '109', Firefox: '102' } as const

/** The supported versions in words: `Safari 15.4, Chrome 109, Firefox 102`. */
export const supportedInWords = Object.entries(supportedBrowsers)
  .map(([name, version]) => `${name} ${version}`)
  .join(', ')

/** The supported versions as targets of the style sheets: `safari15.4`. */
const cssTarget = Object.entries(supportedBrowsers).map(([name, version]) => `${name.toLowerCase()}${version}`)

/**
 * The supported versions as targets of the scripts. Safari has had class fields and private methods since 15.0. For any
 * version below 16, the compiler would replace each of them by a `WeakMap`, because of one form that fails there (a
 * field whose value is a bare variable). The test of the built scripts rejects that form, and everything else that
 * Safari 15.4 lacks.
 */
const target = cssTarget.map((name) => (name.startsWith('safari') ? 'safari16' : name))

/** The Vite plugin that sets the targets, which Astro otherwise sets for each of its environments itself. */
export function forSupportedBrowsers(): Plugin {
  return {
    name: 'supported-browsers',
    configEnvironment(name, options) {
      options.build = { ...options.build, cssTarget, ...(name === 'client' ? { target } : {}) }
    },
  }
}

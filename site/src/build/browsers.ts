/**
 * The browsers that the site supports: the oldest version of each. The build compiles scripts and style sheets for them,
 * `/about` names them, and a test looks up everything that the built files use in MDN's browser-compat-data.
 */
import type { Plugin } from 'vite'

/** By name, the oldest version. */
export const supportedBrowsers = { Safari: '15.4', Chrome: '109', Firefox: '102' } as const

/** In words: `Safari 15.4, Chrome 109, Firefox 102`. */
export const supportedInWords = Object.entries(supportedBrowsers)
  .map(([name, version]) => `${name} ${version}`)
  .join(', ')

/** As targets of the style sheets: `safari15.4`. */
const cssTarget = Object.entries(supportedBrowsers).map(([name, version]) => `${name.toLowerCase()}${version}`)

/**
 * As targets of the scripts. Safari has had class fields and private methods since 15.0. The compiler would replace all of
 * them by a `WeakMap` each for any version below 16, because of one form that fails there (a field whose value is a bare
 * variable): the test of the built scripts refuses that form, and whatever else Safari 15.4 does not have.
 */
const target = cssTarget.map((name) => (name.startsWith('safari') ? 'safari16' : name))

/** The plugin for Vite's configuration: Astro sets the targets of each of its environments itself. */
export function forSupportedBrowsers(): Plugin {
  return {
    name: 'supported-browsers',
    configEnvironment(name, options) {
      options.build = { ...options.build, cssTarget, ...(name === 'client' ? { target } : {}) }
    },
  }
}

/**
 * Scripts that are fetched later come without Vite's lists of what to preload for each: the lists would weigh more in
 * the first view than the scripts that hold them. It costs a round trip when such a script is first wanted.
 */
import type { Plugin } from 'vite'

/** The plugin for Vite's configuration: Astro sets this option itself, for each of its environments. */
export function noPreloading(): Plugin {
  return {
    name: 'no-preloading',
    configEnvironment(_, options) {
      options.build = { ...options.build, modulePreload: false }
    },
  }
}

/**
 * A Vite plugin that disables lists of modules to preload for scripts that are loaded later. The lists would add more
 * to the first view than the scripts that contain them. The cost is one round trip when such a script is first needed.
 */
import type { Plugin } from 'vite'

/** The Vite plugin that sets the option, which Astro otherwise sets for each of its environments itself. */
export function noPreloading(): Plugin {
  return {
    name: 'no-preloading',
    configEnvironment(_, options) {
      options.build = { ...options.build, modulePreload: false }
    },
  }
}

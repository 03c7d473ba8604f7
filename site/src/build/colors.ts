/**
 * The colors as a style sheet of the site, `virtual:colors.css`: from the same table as the charts' own.
 */
import type { Plugin } from 'vite'

import { colorProperties } from '#charts/colors.ts'

const name = 'virtual:colors.css'

/** The plugin for Vite's configuration. */
export function colors(): Plugin {
  return {
    name: 'colors',
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load: (id) => (id === `\0${name}` ? colorProperties() : undefined),
  }
}

/**
 * A Vite plugin that provides the site's colors as the style sheet `virtual:colors.css`, from the same table as the
 * charts.
 */
import type { Plugin } from 'vite'

import { colorProperties } from '#charts/colors.ts'

const name = 'virtual:colors.css'

/** The Vite plugin. */
export function colors(): Plugin {
  return {
    name: 'colors',
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load: (id) => (id === `\0${name}` ? colorProperties() : undefined),
  }
}

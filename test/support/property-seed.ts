/** The cases that property tests try: the same ones each time, unless `PROPERTY_SEED` says otherwise. */
import fc from 'fast-check'
import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** What property tests draw their cases from, or nothing for new cases each time. */
    propertySeed: number | undefined
  }
}

/**
 * `npm test` tries the same cases each time, so that it fails for a change and not by chance. Other cases:
 * `PROPERTY_SEED=random` or any whole number; a property that fails says its seed.
 */
const seed = inject('propertySeed')
if (seed !== undefined) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed })

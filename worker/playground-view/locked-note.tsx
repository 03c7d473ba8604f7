/**
 * Which settings the maker of the link froze. Anyone may unlock them.
 */
import { controlOf } from '#experiment/spec/controls.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import { writeAddress, type Shown } from './address.ts'

/** The line, with the way out. */
export function LockedNote({ spec, shown }: { spec: ExperimentSpec; shown: Shown }) {
  const titles = shown.lock.map((field) => controlOf(field).title)
  return (
    <p>
      Whoever made this link froze {titles.join(', ')}. Anyone may{' '}
      <a href={writeAddress(spec, { ...shown, lock: [] })}>unlock {titles.length === 1 ? 'it' : 'them'}</a>.
    </p>
  )
}

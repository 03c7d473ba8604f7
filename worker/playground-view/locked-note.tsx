/** The note that names the settings locked by the link's author, which anyone may unlock. */
import { controlOf } from '#experiment/spec/controls.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import { writeAddress, type Shown } from './address.ts'

/** The note with a link to unlock the settings. */
export function LockedNote({ spec, shown }: { spec: ExperimentSpec; shown: Shown }) {
  const titles = shown.lock.map((field) => controlOf(field).title)
  return (
    <p>
      Whoever made this link froze {titles.join(', ')}. Anyone may{' '}
      <a href={writeAddress(spec, { ...shown, lock: [] })}>unlock {titles.length === 1 ? 'it' : 'them'}</a>.
    </p>
  )
}

/** The line that names the pinned experiment, for pages that do not draw it. */
import { headingOf } from '#charts/text/heading.ts'

import { writeAddress } from './address.ts'
import type { SettingsState } from './settings-state.ts'
import { filesOf } from './share-texts.ts'

/** The line with the names of both experiments and links to them; nothing without a pin. */
export function ComparisonLine({ setup: { spec, shown } }: { setup: Pick<SettingsState, 'spec' | 'shown'> }) {
  const { pin, ...unpinned } = shown
  if (!pin) return null
  const { json } = filesOf({ spec, shown })
  return (
    <p class="instrument-pin">
      <span>
        “{headingOf(spec)}” is compared with “{headingOf(pin)}”, which is pinned.
      </span>{' '}
      <a href={writeAddress(pin, unpinned)}>open the pinned one</a> <a href={writeAddress(spec, unpinned)}>unpin</a>{' '}
      {json.includes('pin=') && <a href={json}>their differences as JSON</a>}
    </p>
  )
}

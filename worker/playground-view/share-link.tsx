/**
 * The link to an experiment, to copy or to hand to the system.
 */
import { useContext, useRef } from 'preact/hooks'

import { headingOf } from '#charts/text/heading.ts'

import { useCopying } from './copyable.tsx'
import { DeviceContext } from './device.ts'
import { linkOf, type ShareTexts } from './share-texts.ts'

/** The link, as a text that can be selected, and what is done with it. */
export function ShareLink({ shared }: { shared: ShareTexts }) {
  const device = useContext(DeviceContext)
  const place = useRef<HTMLInputElement>(null)
  const { said, copy } = useCopying(() => place.current?.focus())
  const link = linkOf(shared)
  return (
    <div class="share-link">
      <input
        ref={place}
        readOnly
        value={link}
        aria-label="Link to what is shown"
        onFocus={({ currentTarget }) => currentTarget.select()}
      />
      <p class="share-link-printed">{link}</p>
      <p class="scripted">
        <button type="button" onClick={() => void copy(link)}>
          Copy link
        </button>{' '}
        {device?.share && (
          <button type="button" onClick={() => void device.share?.(headingOf(shared.spec), link)}>
            Share …
          </button>
        )}{' '}
        <span role="status">{said}</span>
      </p>
    </div>
  )
}

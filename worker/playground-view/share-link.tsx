/** The link to an experiment, to copy or to pass to the system's share sheet. */
import { useContext, useRef } from 'preact/hooks'

import { headingOf } from '#charts/text/heading.ts'

import { useCopying } from './copyable.tsx'
import { DeviceContext } from './device.ts'
import { linkOf, type ShareTexts } from './share-texts.ts'

/** The link as selectable text, with its buttons. */
export function ShareLink({ shared }: { shared: ShareTexts }) {
  const device = useContext(DeviceContext)
  const element = useRef<HTMLInputElement>(null)
  const { status, copy } = useCopying(() => element.current?.focus())
  const link = linkOf(shared)
  return (
    <div class="share-link">
      <input
        ref={element}
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
        <span role="status">{status}</span>
      </p>
    </div>
  )
}

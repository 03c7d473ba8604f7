/** A link as selectable text, with buttons that copy it and pass it to the system's share sheet. */
import { useContext, useRef } from 'preact/hooks'

import { useCopying } from './copyable.tsx'
import { DeviceContext } from './device.ts'

interface LinkFieldProps {
  link: string
  /** What the link leads to, for screen readers. */
  label: string
  /** The title for the share sheet. */
  title: string
}

/** The link with its buttons. */
export function LinkField({ link, label, title }: LinkFieldProps) {
  const device = useContext(DeviceContext)
  const element = useRef<HTMLInputElement>(null)
  const { status, copy } = useCopying(() => element.current?.focus())
  return (
    <div class="share-link">
      <input
        ref={element}
        readOnly
        value={link}
        aria-label={label}
        onFocus={({ currentTarget }) => currentTarget.select()}
      />
      <p class="share-link-printed">{link}</p>
      <p class="scripted">
        <button type="button" onClick={() => void copy(link)}>
          Copy link
        </button>{' '}
        {device?.share && (
          <button type="button" onClick={() => void device.share?.(title, link)}>
            Share …
          </button>
        )}{' '}
        <span role="status">{status}</span>
      </p>
    </div>
  )
}

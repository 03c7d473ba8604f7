/** The form that makes a link for a class, in which selected settings are locked. */
import { useEffect, useRef, useState } from 'preact/hooks'

import { controls } from '#experiment/spec/controls.ts'
import { specQuery } from '#experiment/spec/permalink.ts'
import type { SpecField } from '#experiment/spec/spec.ts'

import { viewQuery } from './address.ts'
import { useCopying } from './copyable.tsx'
import { linkOf, type ShareTexts } from './share-texts.ts'

/** The checkboxes and the link. */
export function LockLink({ shared }: { shared: ShareTexts }) {
  const { spec, shown } = shared
  const [lock, setLock] = useState<readonly SpecField[]>(shown.lock)
  const { status, isRefused, copy } = useCopying()
  const link = linkOf({ ...shared, shown: { ...shown, lock } })
  return (
    <details class="freezing" open>
      <summary>Freeze settings for a class</summary>
      <form action="/playground">
        <p>
          Whoever opens the link finds these settings as they are now. It is a help, not a lock: anyone can unlock them
          by a click.
        </p>
        <fieldset>
          <legend>Freeze</legend>
          {controls.map(({ field, title }) => (
            <label key={field}>
              <input
                type="checkbox"
                name="lock"
                aria-label={`freeze ${title}`}
                value={field}
                checked={lock.includes(field)}
                onChange={({ currentTarget }) =>
                  setLock(currentTarget.checked ? [...lock, field] : lock.filter((other) => other !== field))
                }
              />{' '}
              {title}
            </label>
          ))}
        </fieldset>
        {[...specQuery(spec), ...viewQuery({ ...shown, lock: [] })].map(([key, value]) => (
          <input key={key} type="hidden" name={key} value={value} />
        ))}
        <p>
          <button>Open the frozen page</button>{' '}
          <button type="button" class="scripted" onClick={() => void copy(link)}>
            Copy its link
          </button>{' '}
          <span role="status">{status}</span>
        </p>
        {isRefused && <SelectedLink link={link} />}
      </form>
    </details>
  )
}

/** The link as selected text, for the reader to copy. */
function SelectedLink({ link }: { link: string }) {
  const element = useRef<HTMLInputElement>(null)
  useEffect(() => element.current?.select(), [link])
  return (
    <div class="share-link">
      <input ref={element} readOnly value={link} aria-label="Link to the frozen page" />
    </div>
  )
}

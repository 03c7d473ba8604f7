/**
 * A text to copy: it stands there to be selected, and where the page has hands a button copies it. What came of that is
 * said in a place that a screen reader knows before.
 */
import { useContext, useRef, useState } from 'preact/hooks'

import { DeviceContext } from './device.ts'

interface Copying {
  /** What came of it, in words. */
  said: string
  /** The browser did not let the page copy. */
  isRefused: boolean
  copy: (text: string) => Promise<void>
}

/**
 * Copies a text.
 *
 * @param select selects the text on the page, where the browser does not let the page copy
 */
export function useCopying(select: () => void = () => {}): Copying {
  const device = useContext(DeviceContext)
  const [said, setSaid] = useState('')
  const [isRefused, setRefused] = useState(false)
  const copy = async (text: string) => {
    // Empty in between: the same words again are news again.
    setSaid('')
    const isCopied = await device?.copy(text)
    setRefused(!isCopied)
    if (!isCopied) select()
    setSaid(isCopied ? 'Copied.' : 'This browser does not let a page copy. The text is selected: copy it yourself.')
  }
  return { said, isRefused, copy }
}

/** A text of several lines. */
export function Copyable({ text, name }: { text: string; name: string }) {
  const place = useRef<HTMLPreElement>(null)
  const { said, copy } = useCopying(() => place.current && getSelection()?.selectAllChildren(place.current))
  return (
    <div class="copyable">
      <pre ref={place} class="notranslate">
        <code>{text}</code>
      </pre>
      <p class="scripted">
        <button type="button" onClick={() => void copy(text)} aria-label={`Copy: ${name}`}>
          Copy
        </button>{' '}
        <span role="status">{said}</span>
      </p>
    </div>
  )
}

/**
 * A text to copy: it stands there to be selected, and where the page has hands a button copies it. What came of that is
 * said in a place that a screen reader knows before.
 */
import { useContext, useState } from 'preact/hooks'

import { DeviceContext } from './device.ts'

/** Copies a text; what it says of that is `said`. */
export function useCopying(): { said: string; copy: (text: string) => Promise<void> } {
  const device = useContext(DeviceContext)
  const [said, setSaid] = useState('')
  const copy = async (text: string) => {
    // Empty in between: the same words again are news again.
    setSaid('')
    const isCopied = await device?.copy(text)
    setSaid(isCopied ? 'Copied.' : 'This browser does not let a page copy: select the text and copy it yourself.')
  }
  return { said, copy }
}

/** A text of several lines. */
export function Copyable({ text, name }: { text: string; name: string }) {
  const { said, copy } = useCopying()
  return (
    <div class="copyable">
      <pre class="notranslate">
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

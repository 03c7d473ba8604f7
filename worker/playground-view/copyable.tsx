/**
 * Text that can be copied: it can be selected, and with scripts there is a button that copies it. The outcome is
 * announced in a status element that exists beforehand, so that screen readers know it.
 */
import { useContext, useRef, useState } from 'preact/hooks'

import { DeviceContext } from './device.ts'

interface Copying {
  /** The outcome in words. */
  status: string
  /** Whether the browser did not allow copying. */
  isRefused: boolean
  copy: (text: string) => Promise<void>
}

/**
 * A hook that copies text and reports the outcome.
 *
 * @param select selects the text on the page if the browser does not allow copying
 */
export function useCopying(select: () => void = () => {}): Copying {
  const device = useContext(DeviceContext)
  const [status, setStatus] = useState('')
  const [isRefused, setRefused] = useState(false)
  const copy = async (text: string) => {
    // Cleared first, so that the same message is announced again.
    setStatus('')
    const isCopied = await device?.copy(text)
    setRefused(!isCopied)
    if (!isCopied) select()
    setStatus(isCopied ? 'Copied.' : 'This browser does not let a page copy. The text is selected: copy it yourself.')
  }
  return { status, isRefused, copy }
}

/** A multi-line text with a copy button. */
export function Copyable({ text, name }: { text: string; name: string }) {
  const element = useRef<HTMLPreElement>(null)
  const { status, copy } = useCopying(() => element.current && getSelection()?.selectAllChildren(element.current))
  return (
    <div class="copyable">
      <pre ref={element} class="notranslate">
        <code>{text}</code>
      </pre>
      <p class="scripted">
        <button type="button" onClick={() => void copy(text)} aria-label={`Copy: ${name}`}>
          Copy
        </button>{' '}
        <span role="status">{status}</span>
      </p>
    </div>
  )
}

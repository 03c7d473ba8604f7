/**
 * Makes links to other settings, and the form, change the settings in place instead of loading the page again.
 */
import type { PlaygroundState } from './state.ts'

/**
 * Follows them in place. Returns what ends it.
 *
 * @param openPart opens what the fragment of a link names; false if it names nothing of the page
 */
export function followLinks(state: PlaygroundState, openPart: (hash: string) => boolean): () => void {
  const onClick = (event: MouseEvent) => {
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return
    const link = event.target instanceof Element ? event.target.closest('a') : null
    // Links of charts are SVG elements, whose `href` is no text.
    const href = link?.getAttribute('href')
    if (!link || !href || link.hasAttribute('target')) return
    const { origin, pathname, search, hash } = new URL(href, location.href)
    if (origin !== location.origin || pathname !== '/playground') return
    if (href.startsWith('#')) {
      if (openPart(hash)) event.preventDefault()
      return
    }
    event.preventDefault()
    state.open(pathname + search)
  }
  const onSubmit = (event: SubmitEvent) => {
    const form = event.target instanceof HTMLFormElement ? event.target : undefined
    if (!form?.classList.contains('settings')) return
    event.preventDefault()
    state.end()
  }
  document.addEventListener('click', onClick)
  document.addEventListener('submit', onSubmit)
  return () => {
    document.removeEventListener('click', onClick)
    document.removeEventListener('submit', onSubmit)
  }
}

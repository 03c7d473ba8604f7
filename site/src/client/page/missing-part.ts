/**
 * The notice about a part of the page that was not loaded: a script that is imported on demand, or a web worker. After a
 * deployment the hashed files that an open page names are gone, so the notice offers to reload, which keeps the address.
 * The import itself cannot be repeated: browsers remember that it failed for as long as the page lives.
 *
 * Imports and workers that fail are reported as events of the window, so that what trains need not load this; every page
 * waits for them (layouts/Page.astro).
 */

/** Why a part is missing. `unknown`: the server answers and has this page's scripts. */
type Reason = 'older' | 'offline' | 'unreachable' | 'unknown'

const notices: Readonly<Record<Reason, { words: string; button: string }>> = {
  older: { words: 'This page is older than the site.', button: 'Reload' },
  offline: { words: 'You are offline, and a part of this page is not loaded yet.', button: 'Try again' },
  unreachable: {
    words: 'The server does not answer, and a part of this page is not loaded yet.',
    button: 'Try again',
  },
  unknown: { words: 'A part of this page could not be loaded.', button: 'Reload' },
}

let notice: HTMLElement | undefined

/**
 * Reports a script that was not loaded. Where the server has all of them, the browser could not run one: if the page has
 * become a form, it says so itself (pages/playground.astro).
 */
export async function reportImport(): Promise<void> {
  const reason = await whyMissing()
  if (reason !== 'unknown' || !document.documentElement.classList.contains('is-form')) show(reason)
}

/** Reports a web worker that did not load. Where its file is not the reason, whoever started the worker says what is. */
export async function reportWorker(): Promise<void> {
  const reason = await whyMissing()
  if (reason !== 'unknown') show(reason)
}

/**
 * Asks the server for the scripts that this page was built with. The name of a script changes with the names of all that
 * it imports, so after a deployment that changed any of them, one is gone.
 */
async function whyMissing(): Promise<Reason> {
  if (!navigator.onLine) return 'offline'
  const scripts = Array.from(document.querySelectorAll<HTMLScriptElement>('script[type="module"][src]'))
  try {
    const statuses = await Promise.all(
      scripts.map(async ({ src }) => (await fetch(src, { method: 'HEAD', cache: 'no-store' })).status),
    )
    return statuses.includes(404) ? 'older' : 'unknown'
  } catch {
    return 'unreachable'
  }
}

/** Shows the notice, one at a time: a bar at the upper edge of the screen, which is announced. */
function show(reason: Reason): void {
  const { words, button } = notices[reason]
  notice?.remove()
  notice = document.createElement('div')
  notice.className = 'missing-part sans'
  notice.setAttribute('role', 'alert')
  const said = document.createElement('p')
  said.textContent = words
  const again = document.createElement('button')
  again.type = 'button'
  again.textContent = button
  again.addEventListener('click', () => void tryAgain(reason))
  notice.replaceChildren(said, again)
  document.body.insertBefore(notice, document.body.firstChild)
}

/** Loads the page again as soon as it can be had; until then what is there stays. */
async function tryAgain(reason: Reason): Promise<void> {
  const isWaiting = reason === 'offline' || reason === 'unreachable'
  const now = isWaiting ? await whyMissing() : reason
  if (now === 'offline' || now === 'unreachable') show(now)
  else location.reload()
}

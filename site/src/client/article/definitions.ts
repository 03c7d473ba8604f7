/**
 * Definitions of glossary terms beside their use: shown while the pointer or the focus is on the word, or when it is pressed.
 * Escape hides one. Without this script, the words lead to the glossary.
 */

const shown = document.createElement('div')
shown.id = 'definition'
shown.className = 'definition sans'
shown.setAttribute('role', 'tooltip')
shown.hidden = true
document.body.append(shown)

let owner: HTMLAnchorElement | undefined

/** Shows what a word means: below it, and within the page. */
function show(word: HTMLAnchorElement): void {
  const definition = document.getElementById(word.hash.slice(1))?.querySelector('dd')?.textContent
  if (!definition) return
  owner?.removeAttribute('aria-describedby')
  owner = word
  shown.textContent = definition
  shown.hidden = false
  word.setAttribute('aria-describedby', shown.id)
  const { left, bottom } = word.getBoundingClientRect()
  const most = document.documentElement.clientWidth - shown.offsetWidth - 12
  shown.style.left = `${Math.max(12, Math.min(left, most)) + scrollX}px`
  shown.style.top = `${bottom + scrollY + 4}px`
}

/** Hides what is shown. */
function hide(): void {
  owner?.removeAttribute('aria-describedby')
  owner = undefined
  shown.hidden = true
}

/** Makes a word show its definition. */
function define(word: HTMLAnchorElement): void {
  word.addEventListener('pointerenter', ({ pointerType }) => pointerType === 'mouse' && show(word))
  word.addEventListener('focus', () => show(word))
  word.addEventListener('blur', hide)
  word.addEventListener('pointerleave', ({ pointerType, relatedTarget }) => {
    // The pointer may rest on the definition.
    if (pointerType === 'mouse' && relatedTarget !== shown && document.activeElement !== word) hide()
  })
  word.addEventListener('click', (event) => {
    // The first press shows it; one more leads to the glossary.
    if (event.detail > 0 && word.dataset['pressed'] !== 'true') {
      event.preventDefault()
      show(word)
      word.dataset['pressed'] = 'true'
      word.addEventListener('blur', () => delete word.dataset['pressed'], { once: true })
      word.focus({ preventScroll: true })
    }
  })
}

for (const word of document.querySelectorAll<HTMLAnchorElement>('a.term')) define(word)
shown.addEventListener('pointerleave', () => document.activeElement !== owner && hide())
document.addEventListener('keydown', ({ key }) => key === 'Escape' && hide())

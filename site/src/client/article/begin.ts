/**
 * What the article runs as soon as it is there, beside its islands: it shows the batch size that the address names, marks
 * in the contents which part is being read, compares guesses with their answers, and makes buttons of the links that set a
 * figure. The first view is to be light, so what a button does is fetched when one is first pressed.
 */
import './definitions.ts'

showBatchSizeOfAddress()
markPartsInContents()
for (const question of document.querySelectorAll<HTMLElement>('[data-predict]')) compareGuess(question)
for (const link of document.querySelectorAll<HTMLAnchorElement>('a.sets')) makeButton(link)

/** Chooses a batch size of the address that the first screen has; its island starts for what must be trained. */
function showBatchSizeOfAddress(): void {
  const hero = document.querySelector('.thesis')
  const query = new URLSearchParams(location.search)
  const size = query.get('batchSize')
  const choice = hero?.querySelector<HTMLInputElement>(`[type=radio][value="${CSS.escape(size ?? '')}"]`)
  if (choice) choice.checked = true
  if (query.has('learningRate') || (size && !choice)) hero?.dispatchEvent(new Event('wake'))
}

/** Marks the links of the contents whose parts are on the screen, at the height where people read. */
function markPartsInContents(): void {
  const links = new Map(
    Array.from(document.querySelectorAll<HTMLAnchorElement>('.contents a'), (link) => [link.hash.slice(1), link]),
  )
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const link = links.get(target.id)
        if (isIntersecting) link?.setAttribute('aria-current', 'true')
        else link?.removeAttribute('aria-current')
      }
    },
    { rootMargin: '-30% 0px -69% 0px' },
  )
  for (const id of links.keys()) {
    const part = document.getElementById(id)
    if (part) observer.observe(part)
  }
}

/**
 * Veils the result that follows a question, until the reader guesses, asks to see it or scrolls past it, and shows a guess
 * beside the right answer.
 */
function compareGuess(question: HTMLElement): void {
  const verdict = question.querySelector('output')
  const answer = question.nextElementSibling!
  const unveil = () => {
    answer.removeAttribute('data-veiled')
    observer.disconnect()
  }
  const observer = new IntersectionObserver(([entry]) => {
    if (entry && entry.boundingClientRect.bottom < 0) unveil()
  })
  // Who comes by a link to what is below it, or back to where they were, has passed it.
  answer.toggleAttribute('data-veiled', answer.getBoundingClientRect().bottom > 0)
  observer.observe(answer)
  answer.querySelector('button')!.addEventListener('click', unveil)
  answer.addEventListener('wake', unveil, { capture: true })
  question.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement) || !verdict) return
    const right = question.dataset['predict']
    verdict.textContent = `You said: ${target.value}. ${target.value === right ? 'So it is.' : `It is: ${right}.`}`
    unveil()
  })
}

/** Replaces a link that sets a figure by a button that does. */
function makeButton(link: HTMLAnchorElement): void {
  const button = document.createElement('button')
  for (const { name, value } of link.attributes) if (name !== 'href') button.setAttribute(name, value)
  button.type = 'button'
  button.ariaPressed = 'false'
  button.append(...link.childNodes)
  button.onclick = async () => (await import('../figure-links/apply.ts')).applyFigureLink(button)
  link.replaceWith(button)
}

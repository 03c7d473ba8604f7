/**
 * The form that compares the accuracy of a reader's own run with the runs of the article: marks it on the strip of runs as
 * it is typed, and once typing is over says in words where it falls, or why it cannot be read.
 */
import { isOutside, rankAmong, rankText } from './rank.ts'
import { readAccuracy } from './read-accuracy.ts'

for (const place of document.querySelectorAll<HTMLElement>('[data-own-run]')) begin(place)

function begin(place: HTMLElement): void {
  const form = place.querySelector('form')!
  const field = place.querySelector('input')!
  const wrong = place.querySelector('.wrong')!
  const verdict = place.querySelector('.verdict')!
  const causes = place.querySelector('details')!
  const choice = place.querySelector('select')
  const shown = () => place.querySelector<HTMLElement>(`[data-of="${choice?.value ?? form.dataset['only']}"]`)!

  /** @param isDone the reader is done: nonsense is said, and the place is told */
  const look = (isDone: boolean) => {
    const printed = readAccuracy(field.value)
    const isRead = typeof printed !== 'string'
    for (const strip of place.querySelectorAll('svg')) mark(strip, isRead ? printed.value : undefined)
    if (isRead || field.value.trim() === '') say('')
    else if (isDone) say(printed)
    if (!isDone) return
    const { hits = '', rows = '' } = shown().dataset
    const counts = hits.split(',').map(Number)
    if (!isRead) {
      verdict.textContent = ''
      return
    }
    const at = rankAmong(printed, counts, Number(rows))
    verdict.textContent = rankText(at, counts, Number(rows))
    if (isOutside(at)) causes.open = true
  }
  const say = (what: string) => {
    wrong.textContent = what
    if (what) field.setAttribute('aria-invalid', 'true')
    else field.removeAttribute('aria-invalid')
  }
  const choose = () => {
    for (const one of place.querySelectorAll<HTMLElement>('[data-of]')) one.hidden = one !== shown()
  }

  if (choice) {
    choose()
    choice.addEventListener('change', () => {
      choose()
      if (field.value.trim() !== '') look(true)
    })
  }
  field.addEventListener('input', () => look(false))
  field.addEventListener('change', () => look(true))
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    look(true)
    if (field.getAttribute('aria-invalid') || field.value.trim() === '') field.focus()
  })
}

/** Marks a value on a strip: outside of its range at its end. */
function mark(strip: SVGElement, value: number | undefined): void {
  const own = strip.querySelector('.own')
  if (value === undefined) own?.removeAttribute('transform')
  else {
    const [from = 0, to = 1, width = 0] = (strip.dataset['scale'] ?? '').split(',').map(Number)
    const x = Math.min(1, Math.max(0, (value - from) / (to - from))) * width
    own?.setAttribute('transform', `translate(${x.toFixed(1)} 0)`)
  }
}

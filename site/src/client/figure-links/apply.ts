/**
 * What happens when words are pressed: the figure is set, brought into view where it is not, and a bar leads back. One
 * word of the page holds at a time.
 */
import { setterOf } from '../settable.ts'

interface Held {
  word: HTMLElement
  figure: HTMLElement
  bar: HTMLElement
  /** The page has been moved, and can be moved back. */
  isMoved: boolean
}

let held: Held | undefined

/** Sets the figure of some words, or sets it back. */
export async function applyFigureLink(word: HTMLElement): Promise<void> {
  const wasHeld = held?.word === word
  if (held) await release()
  if (wasHeld) return
  const figure = figureOf(word)
  if (!figure) return
  word.setAttribute('aria-pressed', 'true')
  const isMoved = bringIntoView(figure)
  held = { word, figure, isMoved, bar: barOf(word) }
  const set = await setterOf(figure)
  if (held?.word === word) set(new URLSearchParams(word.dataset['sets']))
}

/** Sets the figure back. */
async function release(): Promise<void> {
  if (!held) return
  const { word, figure, bar } = held
  held = undefined
  word.setAttribute('aria-pressed', 'false')
  bar.remove()
  ;(await setterOf(figure))(undefined)
}

/** The figure that is named, or the nearest one on the page. */
function figureOf(word: HTMLElement): HTMLElement | null {
  const name = word.dataset['figure']
  if (name !== undefined) return document.getElementById(name)
  const middle = (element: Element) => {
    const { top, bottom } = placeOf(element).getBoundingClientRect()
    return (top + bottom) / 2
  }
  const from = middle(word)
  const distance = (figure: Element) => Math.abs(middle(figure) - from)
  const all = Array.from(document.querySelectorAll<HTMLElement>('[data-settable]'))
  return all.sort((a, b) => distance(a) - distance(b))[0] ?? null
}

/** What stands on the page for an element: where it is folded away, what it is folded in. */
function placeOf(element: Element): Element {
  return element.closest('details:not([open])') ?? element
}

/** Opens what a figure is folded in, and scrolls to its picture where less than half of it is seen. */
function bringIntoView(figure: HTMLElement): boolean {
  const fold = figure.closest('details')
  if (fold) fold.open = true
  const picture = figure.querySelector('.figure-picture, .panels, .plot') ?? figure
  const { top, bottom } = picture.getBoundingClientRect()
  const seen = Math.min(bottom, innerHeight) - Math.max(top, 0)
  if (seen >= Math.min(bottom - top, innerHeight) / 2) return false
  scrollTo(picture, 'center')
  return true
}

function scrollTo(element: Element, block: ScrollLogicalPosition): void {
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches
  element.scrollIntoView({ block, behavior: isCalm ? 'auto' : 'smooth' })
}

/** A bar at the lower edge: what is set, and ways back. By keys it comes right after the words. */
function barOf(word: HTMLElement): HTMLElement {
  const bar = document.createElement('div')
  bar.className = 'sets-bar sans'
  const said = document.createElement('p')
  said.setAttribute('role', 'status')
  bar.append(
    said,
    button('Back to the text', () => {
      scrollTo(word, 'center')
      word.focus({ preventScroll: true })
    }),
    button('Set back', () => {
      word.focus({ preventScroll: true })
      void release()
    }),
  )
  const block = word.closest('p, ul, ol, table') ?? word
  block.after(bar)
  // Its place is there before its words are: then they are announced.
  requestAnimationFrame(() => (said.textContent = `The figure shows: ${word.textContent}.`))
  return bar
}

function button(text: string, onClick: () => void): HTMLElement {
  const made = document.createElement('button')
  made.type = 'button'
  made.textContent = text
  made.addEventListener('click', onClick)
  return made
}

document.addEventListener('keydown', ({ key }) => {
  if (key !== 'Escape' || !held) return
  const { word, isMoved } = held
  void release()
  word.focus({ preventScroll: true })
  if (isMoved) scrollTo(word, 'center')
})

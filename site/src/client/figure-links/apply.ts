/**
 * What a link of the prose that sets a figure does when it is pressed: sets the figure, scrolls to it where it is not seen,
 * and shows a bar with ways back. One link of the page is active at a time.
 */
import { setterOf } from '../settable.ts'

interface ActiveLink {
  link: HTMLElement
  figure: HTMLElement
  bar: HTMLElement
  /** The page has been moved, and can be moved back. */
  isMoved: boolean
}

let active: ActiveLink | undefined

/** Sets the figure of some words, or sets it back. */
export async function applyFigureLink(link: HTMLElement): Promise<void> {
  const wasActive = active?.link === link
  if (active) await release()
  if (wasActive) return
  const figure = figureOf(link)
  if (!figure) return
  link.setAttribute('aria-pressed', 'true')
  const isMoved = bringIntoView(figure)
  active = { link, figure, isMoved, bar: barOf(link) }
  const set = await setterOf(figure)
  if (active?.link === link) set(new URLSearchParams(link.dataset['sets']))
}

/** Sets the figure back. */
async function release(): Promise<void> {
  if (!active) return
  const { link, figure, bar } = active
  active = undefined
  link.setAttribute('aria-pressed', 'false')
  bar.remove()
  ;(await setterOf(figure))(undefined)
}

/** The figure that is named, or the nearest one on the page. */
function figureOf(link: HTMLElement): HTMLElement | null {
  const name = link.dataset['figure']
  if (name !== undefined) return document.getElementById(name)
  const middle = (element: Element) => {
    const { top, bottom } = element.getBoundingClientRect()
    return (top + bottom) / 2
  }
  const from = middle(link)
  const distance = (figure: Element) => Math.abs(middle(figure) - from)
  const all = Array.from(document.querySelectorAll<HTMLElement>('[data-settable]'))
  return all.sort((a, b) => distance(a) - distance(b))[0] ?? null
}

/** Scrolls to the picture of a figure where less than half of it is seen. */
function bringIntoView(figure: HTMLElement): boolean {
  // The first screen has a picture for each of its states, of which one is seen.
  const pictures = Array.from(figure.querySelectorAll('.figure-picture, .valley, .panels, .plot'))
  const picture = pictures.find((one) => one.getClientRects().length > 0) ?? figure
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

/**
 * A bar at the lower edge: what is set, and ways back. It is a popover where browsers have those: in the top layer its place
 * is fixed to the screen, whereas a chapter contains its layout, so that it would be fixed to the chapter. By keys it comes
 * right after the words.
 */
function barOf(link: HTMLElement): HTMLElement {
  const bar = document.createElement('div')
  bar.className = 'sets-bar sans'
  const said = document.createElement('p')
  said.setAttribute('role', 'status')
  bar.append(
    said,
    button('Back to the text', () => {
      scrollTo(link, 'center')
      link.focus({ preventScroll: true })
    }),
    button('Set back', () => {
      link.focus({ preventScroll: true })
      void release()
    }),
  )
  const block = link.closest('p, ul, ol, table') ?? link
  // Without popovers it is at the end of the page, where nothing contains it.
  if ('popover' in bar) {
    bar.popover = 'manual'
    block.after(bar)
    bar.showPopover()
  } else document.body.append(bar)
  // Its place is there before its words are: then they are announced.
  requestAnimationFrame(() => (said.textContent = `The figure shows: ${link.textContent}.`))
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
  if (key !== 'Escape' || !active) return
  const { link, isMoved } = active
  void release()
  link.focus({ preventScroll: true })
  if (isMoved) scrollTo(link, 'center')
})

/**
 * What was computed at build time and stands outside the island: words and a table, told anew of what is drawn.
 */
import { render } from 'preact'

import type { Drawing } from '#charts/drawing.tsx'

import { NumbersTable } from './NumbersTable.tsx'

/** Where they stand. */
const toldPlaces = (figure: HTMLElement) =>
  Array.from(figure.querySelectorAll<HTMLElement>('[data-takeaway], [data-numbers]'))

/** Remembers them as they were built, to put that back. */
export function captionTexts(figure: HTMLElement): { restore: () => void } {
  const kept = toldPlaces(figure).map((place) => ({ place, children: Array.from(place.childNodes) }))
  return { restore: () => kept.forEach(({ place, children }) => place.replaceChildren(...children)) }
}

/** Tells them anew: another engine gives other numbers, and other experiments do. */
export function updateCaption(figure: HTMLElement, takeaway: string, drawing: Drawing): void {
  for (const place of toldPlaces(figure)) {
    place.replaceChildren()
    if (place.dataset['takeaway'] !== undefined) place.textContent = takeaway
    else {
      // Into a box of its own, which is thrown away with what it holds.
      const box = document.createElement('div')
      render(<NumbersTable {...drawing} />, box)
      place.append(box)
    }
  }
}

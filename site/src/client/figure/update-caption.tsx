/**
 * Updates the texts of a figure that the build computed and that lie outside of its island, the takeaway and the table of
 * numbers, to what is drawn; and puts them back.
 */
import { render } from 'preact'

import type { Drawing } from '#charts/drawing.tsx'

import { NumbersTable } from './NumbersTable.tsx'

/** Their elements. */
const textsOf = (figure: HTMLElement) =>
  Array.from(figure.querySelectorAll<HTMLElement>('[data-takeaway], [data-numbers]'))

/** Keeps the texts as they were built, to put them back. */
export function captionTexts(figure: HTMLElement): { restore: () => void } {
  const kept = textsOf(figure).map((element) => ({ element, children: Array.from(element.childNodes) }))
  return { restore: () => kept.forEach(({ element, children }) => element.replaceChildren(...children)) }
}

/** Replaces the texts by those of a drawing: another engine or other experiments give other numbers. */
export function updateCaption(figure: HTMLElement, takeaway: string, drawing: Drawing): void {
  for (const element of textsOf(figure)) {
    element.replaceChildren()
    if (element.dataset['takeaway'] !== undefined) element.textContent = takeaway
    else {
      // Into a box of its own, which is thrown away with what it holds.
      const box = document.createElement('div')
      render(<NumbersTable {...drawing} />, box)
      element.append(box)
    }
  }
}

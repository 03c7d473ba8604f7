/**
 * The playground's way to data of the visitor's own: buttons and files that are dropped on the page open the dialog in
 * which a table is chosen. Its code is loaded when it is first needed.
 */
import { isAvailable } from '#experiment/spec/data-kind.ts'
import type { FieldError } from '#experiment/spec/errors.ts'
import type { Shown } from '#playground-view/address.ts'

/** A table is there: its digest, and what there is to say of it. */
type OnTable = (data: string, words: string) => void

const load = () => import('../own-data/own-data.tsx')

let listening: AbortController | undefined

/** Opens the dialog by buttons and by files that are dropped on the page, in place of what was offered before. */
export function offerOwnData(onTable: OnTable, wanted?: string): void {
  listening?.abort()
  listening = new AbortController()
  const { signal } = listening
  const open = (file?: File) => void load().then(({ openDialog }) => openDialog({ file, wanted, onTable }))
  const isFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files')
  const on = <Name extends keyof DocumentEventMap>(name: Name, act: (event: DocumentEventMap[Name]) => void) =>
    document.addEventListener(name, act, { signal })
  on('click', ({ target }) => {
    if (target instanceof Element && target.closest('[data-own-data]')) open()
  })
  on('dragover', (event) => isFile(event) && event.preventDefault())
  on('drop', (event) => {
    const file = event.dataTransfer?.files[0]
    if (!file || event.defaultPrevented) return
    event.preventDefault()
    open(file)
  })
}

/**
 * Finds the table that a link names, in the link or in this browser, or asks for it. The address then names the one that
 * is there.
 */
export function askForTable(wanted: string | undefined, onReady: (words: string) => void): void {
  const use: OnTable = (data, words) => {
    const query = new URLSearchParams(location.search)
    query.set('data', data)
    history.replaceState(history.state, '', `${location.pathname}?${query}`)
    onReady(words)
  }
  offerOwnData(use, wanted)
  void load().then(({ findTable }) => findTable(wanted, use))
}

/** What is shown without the other side of a comparison, where that is on a table that is not there. */
export function withoutMissingTable(shown: Shown, leftOut: FieldError[]): { shown: Shown; leftOut: FieldError[] } {
  const { pin, side: _, ...rest } = shown
  if (!pin || isAvailable(pin)) return { shown, leftOut }
  const expected = 'a table that this page has: the other side of the comparison needs it'
  return { shown: rest, leftOut: [...leftOut, { field: 'pin', value: pin.data ?? 'own', expected }] }
}

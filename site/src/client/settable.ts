/**
 * Figures that words of the prose can set. A figure's island says when it is there and how it is set; whoever sets a
 * figure may ask before, and wakes it.
 */
import { Deferred } from './trainer/promised.ts'

/**
 * Sets a figure to what a query asks for, over what it was built with; undefined sets it back. The query may hold any
 * field of a spec, and `epoch`: where its cursor or its slider is.
 */
export type SetFigure = (query: URLSearchParams | undefined) => void

/** The event at which a figure starts its island. */
const wake = 'wake'

const known = new WeakMap<Element, Deferred<SetFigure>>()

function promiseOf(figure: Element): Deferred<SetFigure> {
  const promised = known.get(figure) ?? new Deferred<SetFigure>()
  known.set(figure, promised)
  return promised
}

/** Says how a figure is set: by its island, once. */
export function registerSettable(figure: Element, set: SetFigure): void {
  promiseOf(figure).resolve(set)
}

/** How a figure is set, as soon as its island is there; wakes it. */
export function setterOf(figure: Element): Promise<SetFigure> {
  const { promise } = promiseOf(figure)
  figure.dispatchEvent(new Event(wake))
  return promise
}

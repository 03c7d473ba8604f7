/**
 * A registry of the figures that links of the prose can set: the island of each registers a function that sets it. Who
 * asks for a function whose island has not started gets it as soon as it has, and starts the island.
 */
import { Deferred } from './trainer/deferred.ts'

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

/** Registers how a figure is set; its island does so once. */
export function registerSettable(figure: Element, set: SetFigure): void {
  promiseOf(figure).resolve(set)
}

/** How a figure is set, as soon as its island is there; starts the island. */
export function setterOf(figure: Element): Promise<SetFigure> {
  const { promise } = promiseOf(figure)
  figure.dispatchEvent(new Event(wake))
  return promise
}

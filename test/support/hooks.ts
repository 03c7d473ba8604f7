/** A Preact hook outside a page: rendered alone. Its effects run before `render` returns. */
import { h, render, type ContainerNode } from 'preact'
import { act } from 'preact/test-utils'
import { vi } from 'vitest'

/** Renders a component that shows nothing but calls a hook; with other arguments as often as asked. */
export function renderHook<Props extends object, Value>(hook: (props: Props) => Value) {
  // Nothing is shown, so nothing of a document is needed but a place to render into.
  const place = {
    nodeType: 1,
    namespaceURI: null,
    parentNode: null,
    firstChild: null,
    childNodes: [],
    contains: () => false,
  }
  const root = place as unknown as ContainerNode
  vi.stubGlobal('document', {})
  let value: { current: Value } | undefined
  const Caller = (props: Props) => {
    value = { current: hook(props) }
    return null
  }
  return {
    /** What the hook gave last. */
    value: () => value!.current,
    render: (props: Props) => void act(() => render(h(Caller, props as never), root)),
    /** Does something to it, and renders what follows. */
    change: (how: () => void) => void act(how),
    end: () => render(null, root),
  }
}

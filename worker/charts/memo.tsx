/**
 * A component that memoizes its child by a list of dependencies. `useMemo` with a VNode would work in a single place,
 * but with two of them each keeps the other's old screens alive through its parents, and memory grows with every
 * rendering.
 */
import { Component, type VNode } from 'preact'

interface KeptProps {
  /** The dependencies: the child is rendered again when one of them changes. */
  of: readonly unknown[]
  children: () => VNode
}

/** Renders the result of its child function. */
export class Memo extends Component<KeptProps> {
  override shouldComponentUpdate({ of }: KeptProps): boolean {
    return of.some((one, index) => one !== this.props.of[index])
  }

  override render(): VNode {
    return this.props.children()
  }
}

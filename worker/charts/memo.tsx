/**
 * What stays as it is while what it is of does not change. A VNode that is kept by `useMemo` would do for one place; where
 * there are two they hold on to each other's old screens, by their parents, and memory grows with every rendering.
 */
import { Component, type VNode } from 'preact'

interface KeptProps {
  /** What it is of: it is rendered anew when one of these is another one. */
  of: readonly unknown[]
  children: () => VNode
}

/** Renders what its child makes. */
export class Memo extends Component<KeptProps> {
  override shouldComponentUpdate({ of }: KeptProps): boolean {
    return of.some((one, index) => one !== this.props.of[index])
  }

  override render(): VNode {
    return this.props.children()
  }
}

/** The two sides of a comparison: experiments A and B, which are drawn with equal weight, each in a color of its own. */

export const sides = ['A', 'B'] as const
export type Side = (typeof sides)[number]

export function otherSide(side: Side): Side {
  return side === 'A' ? 'B' : 'A'
}

/** The class of a side's lines and words in a chart. */
export const classOfSide = { A: 'side-a', B: 'side-b' } as const satisfies Record<Side, string>

/**
 * The initializers of hidden layers by name: how wide the uniform distribution is that initial weights are drawn from.
 */
import { namesOf } from './names.ts'

interface Initializer {
  /** Weights are drawn uniformly from −limit to limit, for a layer of so many inputs and units. */
  limit: (fanIn: number, fanOut: number) => number
}

export const initializers = {
  /** Source: He et al., "Delving Deep into Rectifiers" (2015). */
  heUniform: { limit: (fanIn) => Math.sqrt(6 / fanIn) },
  /** Source: Glorot & Bengio, "Understanding the difficulty of training deep feedforward neural networks" (2010). */
  glorotUniform: { limit: (fanIn, fanOut) => Math.sqrt(6 / (fanIn + fanOut)) },
} as const satisfies Record<string, Initializer>

/** The names; the first is the default. */
export const initializerNames = namesOf(initializers)

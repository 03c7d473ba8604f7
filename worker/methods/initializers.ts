/**
 * The initializers of hidden layers by name: the width of the uniform distribution from which initial weights are
 * drawn.
 */
import { namesOf } from './names.ts'

interface Initializer {
  /** The limit of a layer with these numbers of inputs and units: weights are drawn uniformly from −limit to limit. */
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

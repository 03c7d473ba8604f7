/** What a picture of a network at one moment of its training is drawn from: some units of each layer and their weights. */

/** A weight from or to a unit. */
export interface Connection {
  /** The other unit: `x`, `unit 7`, `class 2`. */
  name: string
  weight: number
}

/** A square picture of a unit. */
export interface UnitPicture {
  /**
   * The values of its cells, row by row from the top. Those of a probability are between 0 and 1, all others between −1
   * and 1, as shares of the largest.
   */
  values: number[]
  /** The largest absolute value. */
  largest: number
}

/** A unit that is shown. */
export interface ShownUnit {
  /** Its number in the layer, from 0. */
  index: number
  /** `x`, `unit 7`, `class 2` */
  name: string
  /** Null for an input. */
  bias: number | null
  /** Its strongest weights among all, also from and to units that are not shown; null where it has none. */
  strongestIn: Connection | null
  strongestOut: Connection | null
  /** Null where it can only be shown as a disc. */
  picture: UnitPicture | null
}

/** A column of the picture. */
export interface ShownLayer {
  kind: 'input' | 'hidden' | 'output'
  /** The number of all units of the layer. */
  units: number
  shown: ShownUnit[]
  /** The weights of each shown unit from the shown units of the layer before, [shown][shown before]. */
  weights: number[][]
}

export interface NetworkView {
  /** From the inputs to the classes. */
  layers: ShownLayer[]
  /**
   * What the pictures show: the response of each unit all over the plane, the weights from each pixel of a picture, or
   * nothing.
   */
  pictures: 'responses' | 'pixels' | 'none'
}

/**
 * The settings of a training: the first part of its memory. The host writes them there before it calls `create`, by the
 * table of the same fields in `../settings.ts`; a test holds both to the same names, types and order.
 */
@unmanaged
export class Settings {
  /** Units of the hidden layers; 0 for those that are not there. */
  hiddenUnits1: i32
  hiddenUnits2: i32
  hiddenUnits3: i32
  classes: i32
  /** A code of `math.ts`. */
  activation: i32
  trainRows: i32
  testRows: i32
  /** Rows of the largest batch of the run. */
  mostBatchRows: i32
  epochs: i32
  /** 1 where each epoch has an order of its own. */
  shuffles: i32
  /** 1 where the rows of an epoch are drawn with replacement. */
  replaces: i32
  /** A code of `schedule.ts`: what is done with a partial last batch. */
  lastBatch: i32
  /** A code of `optimizer.ts`. */
  optimizer: i32
  momentum: f32
  /** The share of a weight that a step of learning rate 1 takes away. */
  weightDecay: f32
  /** A code of `average.ts`. */
  averaging: i32
  /** The first epoch, from 0, whose end counts in an average of epochs. */
  averageFrom: i32
  /** A code of `schedule.ts`: how the learning rate moves on from its last change. */
  curve: i32
  /** Updates of the warmup, and of the whole run. */
  warmupUpdates: i32
  updates: i32
}

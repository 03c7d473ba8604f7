/**
 * The settings struct of a training, which is the first part of its memory. The host writes it before it calls
 * `create`, using the table of the same fields in `../settings.ts`; a test checks that names, types and order are the
 * same in both.
 */
@unmanaged
export class Settings {
  /** The inputs of the network: the features of a row, from 1 to 64. */
  inputs: i32
  /** Units of the hidden layers; 0 for missing ones. */
  hiddenUnits1: i32
  hiddenUnits2: i32
  hiddenUnits3: i32
  classes: i32
  /** The activation: a code of `math.ts`. */
  activation: i32
  trainRows: i32
  testRows: i32
  /** The largest batch size of the run. */
  mostBatchRows: i32
  epochs: i32
  /** 1 if each epoch has a new order. */
  shuffles: i32
  /** 1 if the rows of an epoch are drawn with replacement. */
  replaces: i32
  /** The treatment of a partial last batch: a code of `schedule.ts`. */
  lastBatch: i32
  /** The optimizer: a code of `optimizer.ts`. */
  optimizer: i32
  momentum: f32
  /** The fraction of a weight that an update with learning rate 1 takes away. */
  weightDecay: f32
  /** The average: a code of `average.ts`. */
  averaging: i32
  /** The first epoch, counted from 0, whose final parameters are part of an average of epochs. */
  averageFrom: i32
  /** The curve that the learning rate follows after its last change: a code of `schedule.ts`. */
  curve: i32
  /** The number of updates in the warmup and in the whole run. */
  warmupUpdates: i32
  updates: i32
}

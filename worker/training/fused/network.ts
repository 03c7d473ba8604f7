/**
 * The TypeScript interface to one training in the kernel: sets it up, advances it, and copies parameters, metrics,
 * snapshots and predictions in and out. The state of the training is only in the workspace's memory.
 *
 * Dimension letters: R = rows, F = features, E = epochs, M = metrics, P = points, W = parameters.
 */

import type { Rows, Split } from '#datasets/split.ts'
import type { GradientMoments } from '#experiment/result/noise-scale.ts'
import { column, metrics, type Numbers } from '#experiment/result/numbers.ts'
import { layerWidths, parameterCount } from '#experiment/spec/hidden-layers.ts'
import { learningRateChanges } from '#experiment/spec/schedule.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { phasesOf } from '#experiment/spec/training-size.ts'
import { openWorkspace } from '#fused-host'

import { initialLayers, type Layer } from '../initializers.ts'
import { emptyPredictions, type Predictions } from '../predictions.ts'
import { startOf } from '../random.ts'
import type { KernelExports } from './exports.ts'
import type { Scratch, Workspace } from './host.ts'
import { kernelSettings, writeSettings } from './settings.ts'

const f32 = Float32Array.BYTES_PER_ELEMENT
const f64 = Float64Array.BYTES_PER_ELEMENT
/** Rows per call of the kernel's `setRows`, and points per call of its `predict`; a multiple of four. */
const rowsAtOnce = 1024

/** A network that the kernel trains: the runs of one spec, one after another. */
export class FusedNetwork {
  readonly #spec: ExperimentSpec
  readonly #split: Split
  readonly #workspace: Workspace
  /**
   * The address of the exchange buffer behind the training, through which parameters, snapshots and points are copied.
   */
  readonly #exchange: number

  constructor(spec: ExperimentSpec, split: Split) {
    this.#spec = spec
    this.#split = split
    let bytes = 0
    this.#workspace = openWorkspace((scratch) => {
      bytes = this.#create(scratch)
      return bytes + this.#exchangeBytes(scratch.kernel, scratch.address)
    })
    const { kernel, address } = this.#workspace
    this.#create(this.#workspace)
    this.#schedule(kernel, address)
    this.#exchange = address + bytes
  }

  /** Starts a run: a seed determines its initial parameters and its orders. */
  begin(seed: number): void {
    const { kernel, address } = this.#workspace
    const { state, increment } = startOf(seed, 'order')
    kernel.begin(address, state, increment)
    this.setRows(this.#split)
    this.setParameters(initialLayers(this.#spec, seed, this.#features))
  }

  /** Trains up to `steps` more updates. Returns whether the run has ended: all epochs are done, or it diverged. */
  advance(steps: number): boolean {
    return this.#workspace.advance(steps)
  }

  /** The number of completed epochs. */
  get epochs(): number {
    return this.#workspace.kernel.epochs(this.#workspace.address)
  }

  /** Copies the metrics [M][E] of the completed epochs into a run's columns of the numbers. */
  copyHistory(numbers: Numbers, run: number): void {
    const { kernel, address } = this.#workspace
    const { epochs } = this
    metrics.forEach((metric, index) => {
      const from = kernel.history(address) + index * this.#spec.epochs * f32
      column(numbers, this.#spec, run, metric).set(this.#floats(from, epochs))
    })
  }

  /** The current parameters by layer: weights [in][out] and biases [out]. */
  get parameters(): Layer[] {
    const widths = layerWidths(this.#spec, this.#features)
    const all = this.flatParameters
    let at = 0
    const take = (count: number) => all.slice(at, (at += count))
    return widths.slice(1).map((fanOut, index) => ({ weights: take(widths[index]! * fanOut), biases: take(fanOut) }))
  }

  /** The current parameters of all layers in one array [W]. */
  get flatParameters(): Float32Array<ArrayBuffer> {
    return this.copyParameters(new Float32Array(parameterCount(this.#spec, this.#features)))
  }

  /** Copies all parameters [W] to `to` and returns it. */
  copyParameters(to: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
    const { kernel, address } = this.#workspace
    kernel.readParameters(address, this.#exchange)
    to.set(this.#floats(this.#exchange, to.length))
    return to
  }

  /** The indices of the training rows in the order of the last update's epoch, [R]. */
  get order(): Uint32Array<ArrayBuffer> {
    const { kernel, address, buffer } = this.#workspace
    return new Uint32Array(buffer, kernel.order(address), this.#split.train.count).slice()
  }

  /** Sets the parameters and resets the velocities to 0. */
  setParameters(layers: readonly Layer[]): void {
    let at = this.#exchange
    for (const values of layers.flatMap(({ weights, biases }) => [weights, biases])) {
      this.#floats(at, values.length).set(values)
      at += values.length * f32
    }
    this.#workspace.kernel.writeParameters(this.#workspace.address, this.#exchange)
  }

  /** Sets the rows of both splits, which must have as many rows as before. */
  setRows({ train, test }: Split): void {
    const { kernel, address } = this.#workspace
    const features = this.#features
    const set = (rows: Rows, split: number) => {
      for (let row = 0; row < rows.count; row += rowsAtOnce) {
        const count = Math.min(rowsAtOnce, rows.count - row)
        this.#floats(this.#exchange, features * count).set(
          rows.inputs.subarray(features * row, features * (row + count)),
        )
        new Uint8Array(this.#workspace.buffer, this.#labels, count).set(rows.labels.subarray(row, row + count))
        kernel.setRows(address, split, row, count, this.#exchange, this.#labels)
      }
    }
    set(train, 0)
    set(test, 1)
  }

  /** The size of a snapshot in bytes. */
  get snapshotBytes(): number {
    return this.#workspace.kernel.snapshotBytes(this.#workspace.address)
  }

  /** Takes a snapshot of the run's state, without its history. */
  snapshot(to = new Uint8Array(this.snapshotBytes)): Uint8Array<ArrayBuffer> {
    const { kernel, address, buffer } = this.#workspace
    kernel.takeSnapshot(address, this.#exchange)
    to.set(new Uint8Array(buffer, this.#exchange, to.length))
    return to
  }

  /** Restores a snapshot taken from this network. */
  restore(snapshot: Uint8Array): void {
    const { kernel, address, buffer } = this.#workspace
    new Uint8Array(buffer).set(snapshot, this.#exchange)
    kernel.restoreSnapshot(address, this.#exchange)
  }

  /** The predictions for points [P][F] with the current parameters. */
  predict(points: Float32Array): Predictions {
    const { kernel, address } = this.#workspace
    const features = this.#features
    const predictions = emptyPredictions(points.length / features)
    const { classes, confidences } = predictions
    const toConfidences = this.#labels + rowsAtOnce
    for (let start = 0; start < classes.length; start += rowsAtOnce) {
      const count = Math.min(rowsAtOnce, classes.length - start)
      this.#floats(this.#exchange, features * count).set(points.subarray(features * start, features * (start + count)))
      kernel.predict(address, this.#exchange, this.#labels, toConfidences, count)
      classes.set(new Uint8Array(this.#workspace.buffer, this.#labels, count), start)
      confidences.set(new Uint8Array(this.#workspace.buffer, toConfidences, count), start)
    }
    return predictions
  }

  /**
   * The moments of the training rows' gradients at the current parameters; not finite if the parameters are too large.
   */
  get gradientMoments(): GradientMoments {
    const { kernel, address } = this.#workspace
    kernel.measureGradients(address, this.#exchange)
    const moments = new DataView(this.#workspace.buffer, this.#exchange)
    return { gradientSquare: moments.getFloat64(0, true), meanSquare: moments.getFloat64(f64, true) }
  }

  /** Releases its memory. */
  dispose(): void {
    this.#workspace.release()
  }

  /** The number of inputs of a row. */
  get #features(): number {
    return this.#split.train.features
  }

  /** The address of the labels in the exchange buffer, behind the inputs of rows or points, and before confidences. */
  get #labels(): number {
    return this.#exchange + rowsAtOnce * this.#features * f32
  }

  /** Sets up the training at an address and returns the bytes that it needs. */
  #create({ kernel, address, buffer }: Scratch): number {
    writeSettings(kernelSettings(this.#spec, this.#split), buffer, address)
    return kernel.create(address)
  }

  #schedule(kernel: KernelExports, at: number): void {
    for (const { before, rows } of phasesOf(this.#spec)) kernel.addBatchRows(at, before, rows)
    kernel.addRate(at, 0, this.#spec.learningRate)
    for (const { epoch, value } of learningRateChanges(this.#spec)) kernel.addRate(at, epoch, value)
  }

  #exchangeBytes(kernel: KernelExports, at: number): number {
    const rows = rowsAtOnce * (this.#features * f32 + 2)
    return Math.max(parameterCount(this.#spec, this.#features) * f32, kernel.snapshotBytes(at), rows)
  }

  #floats(address: number, count: number): Float32Array<ArrayBuffer> {
    return new Float32Array(this.#workspace.buffer, address, count)
  }
}

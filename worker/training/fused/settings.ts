/**
 * The codec of the kernel's settings struct: a table of its fields with types and values, and the function that writes
 * them into a training's memory. The fields are those of the class in `kernel/settings.ts`, which documents them, in
 * the same order; a test compares the two.
 */
import type { Split } from '#datasets/split.ts'
import { hiddenLayers } from '#experiment/spec/hidden-layers.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { phasesOf, updates, updatesAfter } from '#experiment/spec/training-size.ts'
import { activations } from '#methods/activations.ts'
import { averagings } from '#methods/averaging.ts'
import { curveFor, curves } from '#methods/curves.ts'
import { lastBatches } from '#methods/last-batch.ts'
import { optimizers } from '#methods/optimizers.ts'

import { firstAveraged } from '../averaging.ts'

/** Types of 4 bytes each: integers and float32. */
type FieldType = 'i32' | 'f32'
type Field = [FieldType, (spec: ExperimentSpec, split: Split) => number]

const units = (layer: number): Field => ['i32', (spec) => hiddenLayers(spec)[layer] ?? 0]

/** The fields in the order of their memory layout. */
export const settingsFields = {
  inputs: ['i32', (_, { train }) => train.features],
  hiddenUnits1: units(0),
  hiddenUnits2: units(1),
  hiddenUnits3: units(2),
  classes: ['i32', ({ classes }) => classes],
  activation: ['i32', ({ activation }) => activations[activation].kernelCode],
  trainRows: ['i32', (_, { train }) => train.count],
  testRows: ['i32', (_, { test }) => test.count],
  mostBatchRows: ['i32', (spec) => Math.max(...phasesOf(spec).map(({ rows }) => rows))],
  epochs: ['i32', ({ epochs }) => epochs],
  shuffles: ['i32', ({ shuffle }) => Number(shuffle)],
  replaces: ['i32', ({ replacement }) => Number(replacement)],
  lastBatch: ['i32', ({ lastBatch }) => lastBatches[lastBatch].kernelCode],
  optimizer: ['i32', ({ optimizer }) => optimizers[optimizer].kernelCode],
  momentum: ['f32', ({ momentum }) => momentum],
  weightDecay: ['f32', ({ weightDecay }) => weightDecay],
  averaging: ['i32', ({ averaging }) => averagings[averaging].kernelCode],
  averageFrom: ['i32', firstAveraged],
  curve: ['i32', ({ learningRateSchedule }) => curves[curveFor(learningRateSchedule)].kernelCode],
  warmupUpdates: ['i32', (spec) => updatesAfter(spec, spec.warmup)],
  updates: ['i32', updates],
} satisfies Record<string, Field>

/** The value of each field; booleans are 0 or 1. */
export type KernelSettings = Record<keyof typeof settingsFields, number>

/** The kernel's settings for a spec and its data. */
export function kernelSettings(spec: ExperimentSpec, split: Split): KernelSettings {
  const values = Object.entries<Field>(settingsFields).map(([name, [, value]]) => [name, value(spec, split)])
  return Object.fromEntries(values) as KernelSettings
}

/** Writes settings at an address of the kernel's memory, in little-endian byte order as WebAssembly requires. */
export function writeSettings(settings: KernelSettings, memory: ArrayBuffer, address: number): void {
  const fields = Object.entries<Field>(settingsFields)
  const view = new DataView(memory, address, 4 * fields.length)
  fields.forEach(([name, [type]], index) => {
    const value = settings[name as keyof KernelSettings]
    if (type === 'f32') view.setFloat32(4 * index, value, true)
    else view.setInt32(4 * index, value, true)
  })
}

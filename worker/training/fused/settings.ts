/**
 * The kernel's settings as a struct: a table of its fields, and what writes them into a training's memory. The fields are
 * those of the class in `kernel/settings.ts`, in the same order; a test compares both.
 */

/** Each field and its type, 4 bytes each, in the order in which they lie in memory. What they mean: `kernel/settings.ts`. */
export const settingsFields = {
  hiddenUnits1: 'i32',
  hiddenUnits2: 'i32',
  hiddenUnits3: 'i32',
  classes: 'i32',
  activation: 'i32',
  trainRows: 'i32',
  testRows: 'i32',
  mostBatchRows: 'i32',
  epochs: 'i32',
  shuffles: 'i32',
  replaces: 'i32',
  lastBatch: 'i32',
  optimizer: 'i32',
  momentum: 'f32',
  weightDecay: 'f32',
  averaging: 'i32',
  averageFrom: 'i32',
  curve: 'i32',
  warmupUpdates: 'i32',
  updates: 'i32',
} as const satisfies Record<string, 'i32' | 'f32'>

/** A value for each field; booleans are 0 or 1. */
export type KernelSettings = Record<keyof typeof settingsFields, number>

/** Writes settings at an address of the kernel's memory, in the byte order of WebAssembly. */
export function writeSettings(settings: KernelSettings, memory: ArrayBuffer, address: number): void {
  const fields = Object.entries(settingsFields)
  const view = new DataView(memory, address, 4 * fields.length)
  fields.forEach(([name, type], index) => {
    const value = settings[name as keyof KernelSettings]
    if (type === 'f32') view.setFloat32(4 * index, value, true)
    else view.setInt32(4 * index, value, true)
  })
}

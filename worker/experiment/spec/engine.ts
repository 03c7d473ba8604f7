/** The training engines by name, with their version, their work budget and the constants of the cost model. */

/** The public properties of an engine. */
export interface Engine {
  /** The version, which is part of every digest. It changes exactly when a committed golden fingerprint changes. */
  version: string
  /** The most work that one experiment may take, in operations (see `cost.ts`). */
  budget: number
  /** How many times slower its arithmetic is than the fused engine's. */
  arithmetic: number
  /**
   * Operations of an update beyond its arithmetic: the cost of calling the engine, which does not depend on the batch
   * size.
   */
  stepOverhead: number
  /** Operations of one call of a library's kernel, whatever it computes. `cost.ts` counts the calls. */
  callOverhead: number
}

/** The names that a spec can hold; the first is the default. */
export const engineNames = ['fused', 'layers'] as const
export type EngineName = (typeof engineNames)[number]

export const engines: Readonly<Record<EngineName, Engine>> = {
  // 1.5 times the work of 200 seeds of the default experiment at batch size 1, which takes about 4 seconds.
  fused: { version: 'fused-1', budget: 1.12e11, arithmetic: 1, stepOverhead: 1000, callOverhead: 0 },
  // About 13 seconds of CPU, less than half of what the platform gives a request. A call of TensorFlow.js takes about 4
  // µs, and an update of the tutorial's network takes 105 of them (npm run bench:layers-steps).
  layers: { version: 'layers-1', budget: 3.3e11, arithmetic: 5, stepOverhead: 0, callOverhead: 100_000 },
}

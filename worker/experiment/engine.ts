/**
 * The engines that can train, by name: what their results are worth comparing with, and how much they may be asked.
 */

/** What is public about an engine. */
export interface Engine {
  /** Changes exactly when a committed golden fingerprint changes: it is part of every digest. */
  version: string
  /** The most work of one experiment, in operations (see `work.ts`). */
  budget: number
  /** Operations of a step beyond its arithmetic: what calling the engine costs, whatever the batch size. */
  stepOverhead: number
}

/** The names an experiment can ask for; the first is the default. */
export const engineNames = ['layers'] as const
export type EngineName = (typeof engineNames)[number]

export const engines: Readonly<Record<EngineName, Engine>> = {
  // A step of a stock LayersModel costs about a millisecond of calls; a multiply-add in WASM SIMD about 0.3 ns.
  layers: { version: 'layers-1', budget: 3.3e11, stepOverhead: 3_000_000 },
}

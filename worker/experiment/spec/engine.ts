/**
 * The engines that can train, by name: what their results are worth comparing with, and how much they may be asked.
 */

/** What is public about an engine. */
export interface Engine {
  /** Changes exactly when a committed golden fingerprint changes: it is part of every digest. */
  version: string
  /** The most work of one experiment, in operations (see `work.ts`). */
  budget: number
  /** How many times as long as the fused engine's its arithmetic takes. */
  arithmetic: number
  /** Operations of a step beyond its arithmetic: what calling the engine costs, whatever the batch size. */
  stepOverhead: number
  /** Operations of one call of a library's kernel, whatever it computes; `work.ts` counts the calls. */
  callOverhead: number
}

/** The names an experiment can ask for; the first is the default. */
export const engineNames = ['fused', 'layers'] as const
export type EngineName = (typeof engineNames)[number]

export const engines: Readonly<Record<EngineName, Engine>> = {
  // 1.5 times 200 seeds of the default experiment at batch size 1: some 4 seconds.
  fused: { version: 'fused-1', budget: 1.12e11, arithmetic: 1, stepOverhead: 1000, callOverhead: 0 },
  // Some 13 seconds of CPU: less than half of what the platform gives a request. A call of TensorFlow.js takes about 4 µs,
  // and a step of the tutorial's network 105 of them (npm run bench:layers-steps).
  layers: { version: 'layers-1', budget: 3.3e11, arithmetic: 5, stepOverhead: 0, callOverhead: 100_000 },
}

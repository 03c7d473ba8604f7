/**
 * The training engines by name, with their version, their work budget and the constants of the cost model. Costs are in
 * operations (see `cost.ts`).
 */

/** The cost of one example in a pass over the data. */
interface ExampleCost {
  /** Per example, independent of the network. */
  example: number
  ofClass: number
  ofParameter: number
  /** Per hidden unit, and per multiple of its activation's own cost. */
  ofUnit: number
  activation: number
}

/** The public properties of an engine. */
export interface Engine {
  /** The version, which is part of every digest. It changes exactly when a committed golden fingerprint changes. */
  version: string
  /** The most work that one experiment may take. */
  budget: number
  /** The cost of a forward pass, and of forward and backward pass. */
  evaluation: ExampleCost
  step: ExampleCost
  /** The cost of a run before its first epoch: per run, per example and per parameter. */
  run: { start: number; ofExample: number; ofParameter: number }
  /** The cost of an update per parameter: independent of its rule, and in multiples of the rule's own cost. */
  update: { ofParameter: number; rule: number }
  /** The cost of an update beyond its arithmetic: calling the engine, independent of the batch size. */
  stepOverhead: number
  /** The cost of one call of a library's kernel, whatever it computes. `cost.ts` counts the calls. */
  callOverhead: number
}

/** The names that a spec can hold; the first is the default. */
export const engineNames = ['fused', 'layers'] as const
export type EngineName = (typeof engineNames)[number]

export const engines: Readonly<Record<EngineName, Engine>> = {
  fused: {
    version: 'fused-1',
    // 1.5 times the work of 200 seeds of the default experiment at batch size 1, which takes about 4 seconds.
    budget: 1.12e11,
    evaluation: { example: 100, ofClass: 0, ofParameter: 1, ofUnit: 0, activation: 1 },
    step: { example: 100, ofClass: 0, ofParameter: 3, ofUnit: 0, activation: 1 },
    run: { start: 0, ofExample: 0, ofParameter: 0 },
    update: { ofParameter: 0, rule: 3 },
    stepOverhead: 1000,
    callOverhead: 0,
  },
  // Fitted to measurements in workerd (npm run bench:layers-steps -- largest). A call of TensorFlow.js takes about 6.4
  // µs, and an update of the tutorial's network takes 105 of them.
  layers: {
    version: 'layers-1',
    // 5 to 14 seconds of CPU on a slow core, less than half of what `wrangler.toml` allows a request.
    budget: 1.1e11,
    evaluation: { example: 500, ofClass: 350, ofParameter: 3, ofUnit: 40, activation: 14 },
    step: { example: 8000, ofClass: 2000, ofParameter: 55, ofUnit: 200, activation: 24 },
    run: { start: 2.5e7, ofExample: 2e4, ofParameter: 8000 },
    update: { ofParameter: 600, rule: 0 },
    stepOverhead: 0,
    callOverhead: 160_000,
  },
}

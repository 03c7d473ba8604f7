/**
 * The golden fingerprints of the fused engine: they define its version. `GOLDEN=write` writes them anew; a change of
 * them is a new version in `worker/experiment/spec/engine.ts`.
 */
import { makeDataset } from '#datasets/dataset.ts'
import { splitDataset } from '#datasets/split.ts'
import { loadTable } from '#datasets/table.ts'
import { fingerprint } from '#experiment/result/numbers.ts'
import { engines } from '#experiment/spec/engine.ts'
import { readSpec } from '#experiment/spec/permalink.ts'
import { trainFused } from '#training/fused/train.ts'
import { Slice } from '#training/progress.ts'

/** The fingerprints of experiments, by the query of their permalink, and the version of the engine that gives them. */
export async function fingerprints(queries: readonly string[]): Promise<{ version: string; experiments: object }> {
  const experiments: Record<string, string> = {}
  for (const query of queries) {
    const { spec } = readSpec(new URLSearchParams(query), {}, 'refuse')
    await loadTable(spec.dataset)
    const training = trainFused(spec, splitDataset(makeDataset(spec)), new Slice())
    let slice = training.next()
    while (!slice.done) slice = training.next()
    experiments[query] = await fingerprint(slice.value)
  }
  return { version: engines.fused.version, experiments }
}

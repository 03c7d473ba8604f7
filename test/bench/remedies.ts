/**
 * What the remedies cost: each beside the same experiment without it, in turns.
 *
 *   npm run bench:remedies                    the table
 *   npm run bench:remedies -- /other/checkout  the plain experiments beside those of another checkout, built there
 */
import { splitOf } from '#datasets/split.ts'
import { completeSpec, type PartialSpec } from '#experiment/spec/spec.ts'
import { FusedNetwork } from '#training/fused/network.ts'

import { interleave, short, table } from './measure.ts'

type Engine = { Network: typeof FusedNetwork; complete: typeof completeSpec; split: typeof splitOf }
const here: Engine = { Network: FusedNetwork, complete: completeSpec, split: splitOf }

/** Trains the first run of a spec from its beginning to its end. */
function trainer({ Network, complete, split }: Engine, given: PartialSpec): () => void {
  const spec = complete(given)
  const network = new Network(spec, split(spec))
  return () => {
    network.begin(1)
    network.advance(1e9)
  }
}

const rounds = 40
const named = (given: PartialSpec) => new URLSearchParams(given as Record<string, string>).toString() || 'default'

function compare(rows: readonly (readonly [name: string, base: () => void, other: () => void])[]): void {
  const cells = rows.map(([name, base, other]) => {
    const variants = { base, other }
    const times = interleave(new Map(Object.entries(variants)), rounds)
    const [a, b] = [times.get('base')!, times.get('other')!]
    return [name, short(a.min), short(b.min), (b.min / a.min).toFixed(2)]
  })
  console.log(table(['experiment', 'base, ms', 'other, ms', 'ratio of the shortest'], cells))
}

/** Through the path that the optimizers take: its update is gradient descent's. */
const samePath = { weightDecay: 0.001 } as const
const pairs: (readonly [base: PartialSpec, other: PartialSpec])[] = ([1, 32, 'full'] as const).flatMap((batchSize) => [
  [
    { batchSize, ...samePath },
    { batchSize, optimizer: 'adam' },
  ],
  [
    { batchSize, ...samePath },
    { batchSize, optimizer: 'rmsprop' },
  ],
  [{ batchSize }, { batchSize, optimizer: 'adam' }],
  [{ batchSize }, { batchSize, averaging: 'ema' }],
  [{ batchSize }, { batchSize, averaging: 'swa' }],
  [{ batchSize }, { batchSize, learningRateSchedule: 'cosine' }],
  [{ batchSize }, { batchSize, learningRateSchedule: '100:0.001' }],
])
const plain: PartialSpec[] = [
  { batchSize: 1 },
  { batchSize: 4 },
  {},
  { batchSize: 'full' },
  { activation: 'tanh' },
  { batchSize: 1, classes: 4, epochs: 100 },
  { hiddenUnits: '50-20', epochs: 100 },
]

const checkout = process.argv[2]
if (checkout === undefined) {
  compare(pairs.map(([a, b]) => [`${named(b)} beside ${named(a)}`, trainer(here, a), trainer(here, b)]))
} else {
  const room = async (file: string) => (await import(`${checkout}/worker/${file}`)) as Record<string, unknown>
  const there = {
    Network: (await room('training/fused/network.ts'))['FusedNetwork'],
    complete: (await room('experiment/spec.ts'))['completeSpec'],
    split: (await room('dataset/split.ts'))['splitOf'],
  } as Engine
  compare(plain.map((given) => [named(given), trainer(there, given), trainer(here, given)]))
}

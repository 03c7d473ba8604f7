/**
 * How fast the kernel trains 64-50-10 on rows like those of the handwritten digits, beside a plain C program that does
 * the same (`wide.c`). One epoch: shuffle, train on 899 rows with momentum 0.9, evaluate loss and accuracy on 899 training
 * and 898 test rows. The two take turns, and the fewest milliseconds of an epoch count. Without gcc, only the kernel is
 * measured.
 *
 *   npm run bench:wide
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import type { Rows } from '#datasets/split.ts'
import { completeSpec, stepsPerEpoch } from '#experiment/spec/spec.ts'
import { FusedNetwork } from '#training/fused/network.ts'
import { Random } from '#training/random.ts'

import { short, table } from './measure.ts'

const features = 64
const classes = 10
const rows = { train: 899, test: 898 }
const batchSizes = [1, 4, 32, 'full'] as const
/** Turns of both, and epochs of each in a turn. */
const turns = 12
const epochs = 80

const random = new Random(1, 'order')
const patterns = Array.from({ length: classes * features }, () => 16 * random.unit())

/** Rows of whole numbers from 0 to 16 around a pattern of their class, scaled to about unit variance, as in `wide.c`. */
function drawRows(count: number): Rows {
  const labels = Uint8Array.from({ length: count }, () => random.below(classes))
  const inputs = new Float32Array(count * features)
  inputs.forEach((_, at) => {
    const pattern = patterns[labels[Math.floor(at / features)]! * features + (at % features)]!
    const value = Math.round(pattern + 28 * random.unit() - 14)
    inputs[at] = (Math.min(16, Math.max(0, value)) - 8) / 5
  })
  return { count, features, inputs, labels }
}

/** Compiles the C program. Returns its path, or undefined without a compiler. */
function compile(folder: string): string | undefined {
  const program = join(folder, 'wide')
  const source = fileURLToPath(new URL('wide.c', import.meta.url))
  const { error } = spawnSync('gcc', ['-O3', '-msse4.1', '-ffast-math', source, '-lm', '-o', program], {
    stdio: 'inherit',
  })
  return error ? undefined : program
}

const split = { train: drawRows(rows.train), test: drawRows(rows.test) }
const folder = mkdtempSync(join(tmpdir(), 'minibatch-'))
try {
  const program = compile(folder)
  if (!program) console.log('gcc is not installed, so the plain C program is left out.\n')
  const lines = batchSizes.map((batchSize) => {
    const learningRate = batchSize === 1 ? 0.001 : 0.01
    const examples = rows.train + rows.test
    // The training fraction gives 899 of 1797.
    const spec = completeSpec({ classes, examples, trainFraction: 0.5003, batchSize, learningRate, epochs: 2000 })
    const network = new FusedNetwork(spec, split)
    const steps = stepsPerEpoch(spec)
    network.begin(1)
    network.advance(20 * steps)
    let kernel = Infinity
    let plain = Infinity
    for (let turn = 0; turn < turns; turn++) {
      for (let epoch = 0; epoch < epochs; epoch++) {
        const start = performance.now()
        network.advance(steps)
        kernel = Math.min(kernel, performance.now() - start)
      }
      if (!program) continue
      const settings = [batchSize === 'full' ? rows.train : batchSize, epochs].map(String)
      plain = Math.min(plain, Number(execFileSync(program, settings, { encoding: 'utf8' }).split(' ')[0]))
    }
    network.dispose()
    return [String(batchSize), short(kernel), ...(program ? [short(plain), short(kernel / plain)] : [])]
  })
  console.log(table(['batch', 'kernel, ms', ...(program ? ['plain C, ms', 'ratio'] : [])], lines))
} finally {
  rmSync(folder, { recursive: true })
}

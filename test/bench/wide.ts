/**
 * How fast the kernel trains 64-50-10 on rows like those of the handwritten digits, beside a plain C program that does
 * the same (`wide.c`). One epoch: shuffle, train on 899 rows with momentum 0.9, evaluate loss and accuracy on 899 training
 * and 898 test rows. The two take turns, and the fewest milliseconds of an epoch count. Without gcc, the C program is left
 * out.
 *
 * In the same run: the Worker in workerd on the digits themselves (the time between requests of fewer and of more epochs),
 * a stock LayersModel of TensorFlow.js on its WASM backend, and, with PYTHON=path to a Python that has them, PyTorch with
 * one thread and scikit-learn's MLPClassifier (`wide.py`).
 *
 *   npm run bench:wide
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import type { Rows } from '#datasets/split.ts'
import { completeSpec, stepsPerEpoch, type ExperimentSpec } from '#experiment/spec/spec.ts'
import { FusedNetwork } from '#training/fused/network.ts'
import { trainLayers } from '#training/layers/train.ts'
import { Slice } from '#training/progress.ts'
import { Random } from '#training/random.ts'

import { short, table } from './measure.ts'
import { startWorkerd } from './workerd.ts'

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

/** The fewest milliseconds of an epoch in workerd: what more epochs add to the time of a request. */
async function inWorkerd(url: string, batchSize: number | 'full', learningRate: number): Promise<number> {
  const timeOf = async (count: number, seed: number) => {
    const query = `dataset=digits&trainFraction=0.5003&batchSize=${batchSize}&learningRate=${learningRate}`
    const start = performance.now()
    const response = await fetch(`${url}/api/experiments?${query}&epochs=${count}&seed=${seed}&histories=0`)
    await response.arrayBuffer()
    if (!response.ok) throw new Error(`${query}: ${response.status}`)
    return performance.now() - start
  }
  const [few, many] = [100, 500]
  const least = { few: Infinity, many: Infinity }
  for (let seed = 0; seed < turns; seed++) {
    least.few = Math.min(least.few, await timeOf(few, seed))
    least.many = Math.min(least.many, await timeOf(many, seed))
  }
  return (least.many - least.few) / (many - few)
}

/** Milliseconds of an epoch of a stock LayersModel. */
function inLayers(spec: ExperimentSpec): number {
  const timeOf = (count: number) => {
    const training = trainLayers({ ...spec, engine: 'layers', epochs: count }, split, new Slice())
    const start = performance.now()
    while (!training.next().done);
    return performance.now() - start
  }
  timeOf(1)
  const epochsMore = spec.batchSize === 1 ? 2 : 8
  return (timeOf(1 + epochsMore) - timeOf(1)) / epochsMore
}

/** Milliseconds of an epoch in PyTorch and in scikit-learn. */
function inPython(python: string, batchSize: number): string[] {
  const program = fileURLToPath(new URL('wide.py', import.meta.url))
  const printed = execFileSync(python, [program, String(batchSize), batchSize === 1 ? '3' : '20'], { encoding: 'utf8' })
  return printed.trim().split(' ')
}

const python = process.env['PYTHON']
const split = { train: drawRows(rows.train), test: drawRows(rows.test) }
const folder = mkdtempSync(join(tmpdir(), 'minibatch-'))
try {
  const program = compile(folder)
  if (!program) console.log('gcc is not installed, so the plain C program is left out.\n')
  const worker = await startWorkerd()
  const lines: string[][] = []
  for (const batchSize of batchSizes) {
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
    const workerd = await inWorkerd(worker.url, batchSize, learningRate)
    lines.push([
      String(batchSize),
      short(kernel),
      ...(program ? [short(plain), short(kernel / plain)] : []),
      short(workerd),
      ...(program ? [short(workerd / plain)] : []),
      short(inLayers(spec)),
      ...(python ? inPython(python, batchSize === 'full' ? rows.train : batchSize) : []),
    ])
  }
  await worker.stop()
  const besideC = program ? ['plain C, ms', 'kernel / C'] : []
  const besideWorkerd = program ? ['workerd / C'] : []
  const libraries = ['TensorFlow.js, ms', ...(python ? ['PyTorch, ms', 'scikit-learn, ms'] : [])]
  console.log(table(['batch', 'kernel, ms', ...besideC, 'workerd, ms', ...besideWorkerd, ...libraries], lines))
} finally {
  rmSync(folder, { recursive: true })
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { afterEach, describe, expect, it, vi } from 'vitest'

import { makeDataset } from '#datasets/dataset.ts'
import { labeledInputs } from '#datasets/labeled-points.ts'
import { emptyNumbers, writeEpoch } from '#experiment/result/numbers.ts'
import { describeRun } from '#experiment/result/run.ts'
import { readSpec } from '#experiment/spec/permalink.ts'
import { presets } from '#experiment/spec/presets.ts'
import { completeSpec, layerWidths, specFields, type PartialSpec, type SpecField } from '#experiment/spec/spec.ts'
import { Random } from '#training/random.ts'

import { programsOf } from '../../../site/src/programs/programs.ts'
import distributions from '../../golden/distributions.json'
import { referenceRun, remedies } from '../../programs/remedies.ts'
import { standardErrors } from '../../support/statistics.ts'

const site = 'https://minibatch.test'
const codeOf = (language: string, spec: (typeof presets)[number]['spec']) =>
  programsOf(spec, site).find((program) => program.language === language)!.code

/**
 * Runs a TensorFlow.js program as it stands, and returns what it prints, by name. Chance is the seed's: TensorFlow.js asks
 * `Math.random` for its weights and orders, and a test that draws anew fails for nobody's fault now and then.
 */
async function run(code: string, seed = 1): Promise<Map<string, number>> {
  const chance = new Random(seed, 'order')
  vi.spyOn(Math, 'random').mockImplementation(() => chance.next() / 2 ** 32)
  // Where the packages that it imports are found.
  const folder = mkdtempSync(join('node_modules', '.program-'))
  const file = join(folder, 'program.mjs')
  writeFileSync(file, code)
  const printed = new Map<string, number>()
  vi.stubGlobal('fetch', (url: string) => {
    const { origin, pathname, searchParams } = new URL(url)
    expect(origin + pathname).toBe(`${site}/api/dataset`)
    return Promise.resolve(Response.json(labeledInputs(makeDataset(readSpec(searchParams, {}, 'refuse').spec))))
  })
  vi.spyOn(console, 'log').mockImplementation((name: string, value: number) => void printed.set(name, value))
  vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  try {
    await import(pathToFileURL(file).href)
  } finally {
    rmSync(folder, { recursive: true })
  }
  return printed
}

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

describe('the TensorFlow.js program', () => {
  // A run of 3200 updates takes seconds here, one of 200 takes one.
  it.each([
    ['batch-gradient-descent', 2],
    ['mini-batch-gradient-descent', 1],
  ] as const)(
    'of %s runs as it stands and lands in the reference distribution',
    async (slug, count) => {
      const { spec } = presets.find((preset) => preset.slug === slug)!
      const runs: Map<string, number>[] = []
      while (runs.length < count) runs.push(await run(codeOf('TensorFlow.js', spec), runs.length + 1))
      const values = (name: string) => runs.map((printed) => printed.get(name)!)
      const reference = distributions.presets[slug]
      expect(standardErrors(values('train accuracy'), reference.finalTrainAccuracy)).toBeLessThan(4)
      expect(standardErrors(values('test accuracy'), reference.finalTestAccuracy)).toBeLessThan(4)
      for (const epoch of values('first epoch at 0.80')) {
        expect(epoch).toBeGreaterThan(reference.epochsTo80.median / 4)
        expect(epoch).toBeLessThan(reference.epochsTo80.median * 4)
      }
      for (const instability of values('instability')) {
        // No run of the reference's 200 is further off than 3 times; by drift alone the full batch would be 3.6.
        expect(instability).toBeGreaterThan(reference.instability / 3.3)
        expect(instability).toBeLessThan(reference.instability * 3.3)
      }
    },
    120_000,
  )
})

describe('the TensorFlow.js program of any spec', () => {
  it.each([
    completeSpec({ dataset: 'moons', hiddenUnits: 'none', batchSize: 'full', epochs: 40, momentum: 0 }),
    completeSpec({ dataset: 'circles', hiddenUnits: '9-8-7', activation: 'sigmoid', epochs: 3, shuffle: false }),
    completeSpec({
      classes: 10,
      examples: 60,
      trainFraction: 0.9,
      batchSize: 7,
      epochs: 2,
      initializer: 'glorotUniform',
    }),
    completeSpec({ classes: 2, examples: 10, noise: 0, epochs: 1, seeds: 3, seed: 5 }),
    completeSpec({ dataset: 'penguins', epochs: 2, labelNoise: 0.1 }),
    completeSpec({ dataset: 'spirals', features: 'x-y-sinx', epochs: 2, scaling: 'standard' }),
    completeSpec({ epochs: 4, optimizer: 'rmsprop', batchSizeSchedule: '1:100-3:full' }),
    completeSpec({ epochs: 4, optimizer: 'adam', learningRateSchedule: 'cosine', averaging: 'swa' }),
  ])('runs as it stands: %o', async (spec) => {
    const printed = await run(codeOf('TensorFlow.js', spec))
    expect(printed.get('train accuracy')).toBeGreaterThan(0)
    expect(printed.get('test accuracy')).toBeLessThanOrEqual(1)
    expect(printed.has('instability')).toBe(spec.epochs >= 40)
  })
})

describe('the TensorFlow.js program of a remedy', () => {
  // It says of itself that it has no other last batch.
  const inProgram = remedies.filter(({ spec }) => spec.lastBatch === 'kept')

  it.each(inProgram)(
    'trains as the reference does, from the same weights in the same order: $name',
    async ({ spec }) => {
      const { initial, last } = referenceRun(spec)
      const widths = layerWidths(spec)
      const tensors = initial.flatMap(({ weights, biases }, index) => [
        `tf.tensor([${weights.join(', ')}], [${widths[index]}, ${widths[index + 1]}])`,
        `tf.tensor([${biases.join(', ')}])`,
      ])
      const made = 'const model = tf.sequential({ layers })\n'
      const code = codeOf('TensorFlow.js', spec)
      expect(code).toContain(made)
      const printed = await run(`${code.replace(made, `${made}model.setWeights([${tensors.join(', ')}])\n`)}
console.log('train loss', model.evaluate(trainX, trainY)[0].dataSync()[0])
console.log('test loss', model.evaluate(testX, testY)[0].dataSync()[0])`)
      expect(printed.get('train loss')! / last('trainLoss')).toBeCloseTo(1, 5)
      expect(printed.get('test loss')! / last('testLoss')).toBeCloseTo(1, 5)
      expect(printed.get('test accuracy')).toBeCloseTo(last('testAccuracy'), 5)
      expect(printed.get('train accuracy')).toBeCloseTo(last('trainAccuracy'), 5)
    },
  )
})

describe('the instability that a program prints', () => {
  /** A run whose test accuracy drifts and trembles. */
  const hits = Array.from({ length: 200 }, (_, epoch) => 300 + Math.floor(epoch / 2) + ((epoch * epoch) % 7))
  const spec = completeSpec({})

  it('is that of the API, for the same accuracies', async () => {
    const numbers = emptyNumbers(spec)
    const rest = { runningLoss: 1, runningAccuracy: 0, trainLoss: 1, trainAccuracy: 0, testLoss: 1 }
    hits.forEach((count, epoch) => writeEpoch(numbers, spec, 0, epoch, { ...rest, testAccuracy: count / 500 }))
    const code = codeOf('TensorFlow.js', spec)
    // The program's own last lines, after a training that gave these.
    const printed = await run(`const history = { val_acc: ${JSON.stringify(hits.map((count) => count / 500))} }
const model = { evaluate: () => [0, { dataSync: () => [0.5] }] }
const [trainX, trainY] = []
${code.slice(code.indexOf('const testAccuracies'))}`)
    expect(printed.get('instability')).toBeCloseTo(describeRun(spec, numbers, 0).instability!, 8)
  })

  it('is not printed of fewer epochs than it takes', () => {
    for (const language of ['Keras', 'PyTorch', 'TensorFlow.js']) {
      expect(codeOf(language, completeSpec({ epochs: 40 }))).toMatch(/instability[\s\S]*\/ 2\)/)
      expect(codeOf(language, completeSpec({ epochs: 39 }))).not.toContain('instability')
    }
  })
})

describe('every program', () => {
  it.each(['Keras', 'PyTorch', 'TensorFlow.js'])('in %s names the settings that differ between presets', (language) => {
    const programs = presets.map(({ spec }) => codeOf(language, spec))
    expect(new Set(programs).size).toBe(new Set(presets.map(({ spec }) => JSON.stringify(spec))).size)
    expect(codeOf(language, completeSpec({ batchSize: 'full' }))).toMatch(/batch_?size\W+500\b/i)
    const other = codeOf(
      language,
      completeSpec({ dataset: 'moons', hiddenUnits: '7-5', activation: 'tanh', shuffle: false, learningRate: 0.25 }),
    )
    expect(other).toMatch(/moons/)
    expect(other).toMatch(/\b7\b[\s\S]*\b5\b/)
    expect(other).toMatch(/tanh/i)
    expect(other).toMatch(/shuffle\W+false/i)
    expect(other).toMatch(/\b0\.25\b/)
  })

  it('has a file name of its own, not that of what it imports, and the command that runs it', () => {
    const programs = programsOf(completeSpec({}), site)
    expect(new Set(programs.map(({ file }) => file)).size).toBe(3)
    for (const { file, command, code, language } of programs) {
      expect(command).toBe(`${language === 'TensorFlow.js' ? 'node' : 'python'} ${file}`)
      expect(file).toMatch(language === 'TensorFlow.js' ? /\.mjs$/ : /\.py$/)
      expect(code).not.toMatch(new RegExp(`\\b(import|from) ${file.split('.')[0]}\\b`))
    }
  })

  it('says of circles that scikit-learn would place them elsewhere', () => {
    for (const language of ['Keras', 'PyTorch']) {
      const code = codeOf(language, completeSpec({ dataset: 'circles' }))
      expect(code).toMatch(/default is factor=0\.8[^]*make_circles\([^)]*factor=0\.5/)
      expect(codeOf(language, completeSpec({}))).not.toContain('factor')
    }
  })

  it('says at its top which experiment it is', () => {
    const [first] = codeOf('Keras', completeSpec({ batchSize: 4, seeds: 30 })).split('\n')
    expect(first).toBe(`# Batch size 4, 30 seeds: ${site}/playground?batchSize=4&seeds=30`)
  })

  it('has in Keras a new order for each epoch, which fit with a seed has not', () => {
    for (const spec of [completeSpec({}), completeSpec({ batchSizeSchedule: '50:full' })])
      expect(codeOf('Keras', spec)).toMatch(/\.shuffle\(len\(train_x\)\)[^]*model\.fit\(\s*rows\.batch\(/)
    const unshuffled = codeOf('Keras', completeSpec({ shuffle: false }))
    expect(unshuffled).toContain('batch_size=32, shuffle=False')
    expect(unshuffled).not.toContain('tf.data')
    expect(codeOf('Keras', completeSpec({ batchSize: 'full' }))).not.toContain('tf.data')
  })

  it('has in Python the last batch and the draws of rows that a spec asks for', () => {
    const of = (language: string, given: PartialSpec) => codeOf(language, completeSpec(given))
    expect(of('Keras', { lastBatch: 'dropped' })).toContain('rows.batch(batch_size=32, drop_remainder=True)')
    expect(of('PyTorch', { lastBatch: 'dropped' })).toContain('batch_size=32, shuffle=True, drop_last=True')
    expect(of('Keras', { lastBatch: 'scaled' })).toContain('weighted(x, y, 32)')
    expect(of('PyTorch', { lastBatch: 'scaled' })).toContain('* len(batch_x) / batches.batch_size).backward()')
    expect(of('Keras', { replacement: true, batchSize: 'full' })).toContain('rerandomize_each_iteration=True')
    expect(of('PyTorch', { replacement: true })).toContain('RandomSampler(train_x, replacement=True)')
  })

  it('has the rules of the optimizers, schedules and averages', () => {
    const spec = completeSpec({
      optimizer: 'nesterov',
      momentum: 0.8,
      weightDecay: 0.05,
      learningRateSchedule: '50:0.002-100:0.0003',
      warmup: 2,
      batchSizeSchedule: '20:100',
      averaging: 'ema',
    })
    const keras = codeOf('Keras', spec)
    expect(keras).toContain('momentum=0.8, nesterov=True')
    expect(keras).toContain('weight_decay=0.05')
    expect(keras).toContain('exclude_from_weight_decay(var_names=["bias"])')
    expect(keras).toContain('use_ema=True, ema_momentum=0.99')
    expect(keras).toContain('[(0, 20, 32), (20, 200, 100)]')
    const pytorch = codeOf('PyTorch', spec)
    expect(pytorch).toContain('mul_(1 - 0.05 * rate)')
    expect(pytorch).toContain('batch_sizes = {0: 32, 20: 100}')
    expect(pytorch).toContain('get_ema_multi_avg_fn(0.99)')
    // 16 updates in each of the first 20 epochs, 5 in the later ones.
    for (const code of [keras, pytorch, codeOf('TensorFlow.js', spec)]) {
      expect(code).toMatch(/update (<|>=) 470\b[^]*0\.002[^]*update (<|>=) 720\b[^]*0\.0003/)
      expect(code).toMatch(/update < 32\b[^]*\(update \+ 1\)\)? \/ 32/)
    }
    expect(codeOf('Keras', completeSpec({ averaging: 'swa', epochs: 40 }))).toMatch(/epoch < 30/)
    expect(codeOf('Keras', completeSpec({ learningRateSchedule: 'cosine' }))).toContain('CosineDecay(0.01, 3200)')
    // PyTorch refuses Nesterov's rule without momentum, where it is the plain one.
    expect(codeOf('PyTorch', completeSpec({ optimizer: 'nesterov', momentum: 0 }))).not.toContain('nesterov=True')
  })

  it.each(['Keras', 'PyTorch', 'TensorFlow.js'])(
    'in %s has every setting in it, or names it as left out',
    (language) => {
      const isNamed = (code: string, field: string, value: string) =>
        code.split('\n')[1]!.includes(`Not in this program, which trains one run:`) &&
        code.split('\n')[1]!.includes(`${field}=${value}`)
      // Of each field another value than the default, alone: the program differs below its head, or says that it does not.
      const others = { dataset: 'moons', examples: 900, classes: 4, noise: 1.5, datasetSeed: 7, trainFraction: 0.4 }
      const more = {
        scaling: 'standard',
        labelNoise: 0.25,
        features: 'x-y-xy',
        hiddenUnits: '7',
        activation: 'tanh',
        initializer: 'glorotUniform',
        learningRate: 0.25,
        momentum: 0.5,
      }
      const changed = {
        learningRateSchedule: 'cosine',
        warmup: 3,
        optimizer: 'adam',
        weightDecay: 0.1,
        batchSizeSchedule: '50:64',
        averaging: 'swa',
        lastBatch: 'dropped',
        replacement: true,
      }
      const last = { batchSize: 4, epochs: 150, shuffle: false, seed: 5, seeds: 3, engine: 'layers' }
      const values: Partial<Record<SpecField, unknown>> = { ...others, ...more, ...changed, ...last }
      const bodyOf = (code: string) => code.slice(code.indexOf('import '))
      const usual = bodyOf(codeOf(language, completeSpec({})))
      for (const field of Object.keys(specFields) as SpecField[]) {
        expect(values).toHaveProperty(field)
        const code = codeOf(language, completeSpec({ [field]: values[field] }))
        expect([field, bodyOf(code) !== usual]).toEqual([field, !isNamed(code, field, String(values[field]))])
      }
    },
  )
})

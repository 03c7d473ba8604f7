import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { digest } from '#experiment/spec/digest.ts'
import { InvalidQuery } from '#experiment/spec/errors.ts'
import { permalink, readSpec, queryText, specQuery } from '#experiment/spec/permalink.ts'
import { presets } from '#experiment/spec/presets.ts'
import { readQuery } from '#experiment/spec/query.ts'
import { trustedSpec } from '#experiment/spec/spec-query.ts'
import { completeSpec, defaultSpec, specFields, trainRows } from '#experiment/spec/spec.ts'
import { datasetNames } from '#methods/datasets.ts'
import { optimizerNames } from '#methods/optimizers.ts'

import { anyFields, fieldsAndSpec } from '../../support/arbitrary-spec.ts'

const read = (query: string) => readSpec(new URLSearchParams(query), {}, 'refuse').spec

/** The error of a query that is refused, as `status field 'value' expected`. */
function refusal(query: string): string {
  try {
    read(query)
  } catch (error) {
    if (!(error instanceof InvalidQuery)) throw error
    return [error.status, ...error.errors.map(({ field, value, expected }) => `${field} '${value}' ${expected}`)].join(
      ' ',
    )
  }
  throw new Error(`${query} was not refused`)
}

describe('a spec', () => {
  it('is the tutorial’s mini-batch experiment by default', () => {
    expect(read('')).toEqual({
      dataset: 'blobs',
      examples: 1000,
      classes: 3,
      noise: 2,
      datasetSeed: 2,
      trainFraction: 0.5,
      scaling: 'none',
      labelNoise: 0,
      features: 'x-y',
      hiddenUnits: '50',
      activation: 'relu',
      initializer: 'heUniform',
      learningRate: 0.01,
      learningRateSchedule: 'constant',
      warmup: 0,
      optimizer: 'sgd',
      momentum: 0.9,
      weightDecay: 0,
      batchSize: 32,
      batchSizeSchedule: 'constant',
      averaging: 'none',
      epochs: 200,
      lastBatch: 'kept',
      shuffle: true,
      replacement: false,
      seed: 1,
      seeds: 1,
      engine: defaultSpec().engine,
    })
  })

  it('has defaults that depend on the dataset', () => {
    expect(read('dataset=moons')).toMatchObject({ classes: 2, noise: 0.2 })
    expect(read('dataset=circles')).toMatchObject({ classes: 2, noise: 0.1 })
    expect(read('dataset=spirals')).toMatchObject({ classes: 2, noise: 0.3, scaling: 'none' })
    expect(read('dataset=penguins')).toMatchObject({ examples: 342, classes: 3, noise: 0, scaling: 'standard' })
    expect(read('dataset=digits')).toMatchObject({ examples: 1797, classes: 10, noise: 0, scaling: 'standard' })
  })

  it('trains on the whole batch where there are fewer rows than the default batch size', () => {
    expect(read('examples=60')).toMatchObject({ batchSize: 'full' })
    expect(read('examples=64')).toMatchObject({ batchSize: 'full' })
    expect(read('examples=66')).toMatchObject({ batchSize: 32 })
  })

  it.each([
    ['batchSize=500', 'batchSize=full'],
    ['hiddenUnits=none&activation=tanh&initializer=glorotUniform', 'hiddenUnits=none'],
    ['learningRate=1e-3', 'learningRate=0.001'],
    ['learningRate=0.010', ''],
    ['hiddenUnits=050-020', 'hiddenUnits=50-20'],
    ['trainFraction=0.50&examples=1e3', ''],
    ['trainFraction=0.9&examples=20&batchSize=18', 'examples=20&trainFraction=0.9'],
    ['epochs=0200', ''],
    ['epochs=2e2', ''],
    ['epochs=200&shuffle=true&dataset=blobs', ''],
    ['batchSizeSchedule=050:0256', 'batchSizeSchedule=50:256'],
    ['batchSizeSchedule=50:500', 'batchSizeSchedule=50:full'],
    ['batchSizeSchedule=50:32', ''],
    ['batchSizeSchedule=50:32-100:64-150:64', 'batchSizeSchedule=100:64'],
    ['learningRateSchedule=50:1e-3-100:1E-4', 'learningRateSchedule=50:0.001-100:0.0001'],
    ['learningRateSchedule=50:0.010', ''],
    ['learningRate=0.1&learningRateSchedule=9:0.10-50:0.01', 'learningRate=0.1&learningRateSchedule=50:0.01'],
    ['learningRateSchedule=constant&warmup=0&averaging=none&optimizer=sgd&weightDecay=0.0', ''],
    ['batchSize=250&lastBatch=scaled', 'batchSize=250'],
    ['features=x-y&labelNoise=0.0&scaling=none', ''],
    ['features=siny-x2-x', 'features=x-x2-siny'],
    ['dataset=penguins&classes=3&noise=0&examples=342&scaling=standard&features=y-x', 'dataset=penguins'],
    // RMSprop has no momentum.
    ['optimizer=rmsprop&momentum=0.5', 'optimizer=rmsprop'],
  ])('spelled %s is the same as %s', async (spelling, canonical) => {
    expect(read(spelling)).toEqual(read(canonical))
    expect(await digest(read(spelling))).toBe(await digest(read(canonical)))
    expect(queryText(specQuery(read(spelling)))).toBe(canonical)
  })
})

describe('the laws of canonical specs', () => {
  it('canonicalising twice changes nothing', () => {
    fc.assert(
      fc.property(fieldsAndSpec, ({ spec }) => {
        expect(completeSpec(spec)).toEqual(spec)
      }),
    )
  })

  it('spec to permalink to spec is the identity, and so is permalink to spec to permalink', () => {
    fc.assert(
      fc.property(fieldsAndSpec, ({ spec }) => {
        const query = new URL(permalink(spec), 'http://localhost').searchParams
        const again = completeSpec(readQuery(specFields, query, 'refuse'))
        expect(again).toEqual(spec)
        expect(trustedSpec(query)).toEqual(spec)
        expect(permalink(again)).toBe(permalink(spec))
      }),
    )
  })

  it('a permalink leaves defaults out and sorts its keys', () => {
    fc.assert(
      fc.property(fieldsAndSpec, ({ spec }) => {
        const query = [...specQuery(spec)]
        const defaults = defaultSpec(spec)
        expect(query.map(([field]) => field)).toEqual(query.map(([field]) => field).toSorted())
        for (const [field, value] of query) expect(value).not.toBe(String(defaults[field as keyof typeof defaults]))
      }),
    )
  })

  it('equal experiments have equal digests, different ones different digests', async () => {
    await fc.assert(
      fc.asyncProperty(fieldsAndSpec, fieldsAndSpec, async (one, other) => {
        const shuffled = Object.fromEntries(Object.entries(one.fields).toReversed())
        expect(await digest(completeSpec(shuffled))).toBe(await digest(one.spec))
        expect((await digest(other.spec)) === (await digest(one.spec))).toBe(
          permalink(other.spec) === permalink(one.spec),
        )
      }),
    )
  })

  it('every combination of allowed fields is either completed within its rows and limits or refused by name', () => {
    fc.assert(
      fc.property(anyFields, (fields) => {
        try {
          const spec = completeSpec(fields)
          expect(spec.batchSize === 'full' || spec.batchSize < trainRows(spec)).toBe(true)
          expect(spec.seeds * spec.epochs).toBeLessThanOrEqual(100_000)
          expect(spec.seed + spec.seeds - 1).toBeLessThanOrEqual(4294967295)
        } catch (error) {
          if (!(error instanceof InvalidQuery)) throw error
          expect(error.status).toBe(422)
          for (const { field } of error.errors) expect(specFields).toHaveProperty(field)
        }
      }),
    )
  })
})

describe('a query that cannot be given', () => {
  it.each([
    ['foo=1', /^400 foo '1' one of dataset, examples, .*engine$/],
    ['__proto__=1', /^400 __proto__ '1' one of dataset/],
    ['epochs=5&epochs=5', /^400 epochs '5' to be given once$/],
    ['batchSize=0', /^422 batchSize '0' a whole number of at least 1, or full$/],
    ['batchSize=501', /^422 batchSize '501' a whole number from 1 to 500, the number of training rows, or full$/],
    ['batchSize=1.5', /^422 batchSize '1.5'/],
    ['batchSize=half', /^400 batchSize 'half'/],
    ['epochs=1e9', /^422 epochs '1e9' a whole number from 1 to 2000$/],
    ['epochs=', /^400 epochs '' a whole number from 1 to 2000$/],
    ['epochs=0x10', /^400 epochs '0x10'/],
    ['epochs=+5', /^400 epochs ' 5'/],
    ['epochs=1e999', /^422 epochs '1e999'/],
    ['learningRate=NaN', /^400 learningRate 'NaN' a number from 0.00001 to 10 with at most 6 significant digits$/],
    ['learningRate=-0.1', /^400 learningRate '-0.1'/],
    ['learningRate=0.1234567', /^422 learningRate '0.1234567'/],
    ['learningRate=0', /^422 learningRate '0'/],
    ['hiddenUnits=50-', /^400 hiddenUnits '50-' none, or 1 to 3 layers of 1 to 128 units, as 50-20$/],
    ['hiddenUnits=1-2-3-4', /^422 hiddenUnits '1-2-3-4'/],
    ['hiddenUnits=129', /^422 hiddenUnits '129'/],
    ['hiddenUnits=0', /^422 hiddenUnits '0'/],
    ['shuffle=yes', /^400 shuffle 'yes' true or false$/],
    ['dataset=no-such-dataset', new RegExp(`^422 dataset 'no-such-dataset' one of ${datasetNames.join(', ')}$`)],
    ['dataset=moons&classes=3', /^422 classes '3' 2 with dataset=moons$/],
    ['dataset=spirals&classes=6', /^422 classes '6' at most 5 with dataset=spirals$/],
    ['dataset=penguins&classes=4', /^422 classes '4' 3 with dataset=penguins$/],
    ['dataset=penguins&classes=2', /^422 classes '2' 3 with dataset=penguins$/],
    ['dataset=penguins&noise=1', /^422 noise '1' 0 with dataset=penguins, a table, to which no noise is added/],
    ['dataset=penguins&examples=343', /^422 examples '343' at most 342 with dataset=penguins, the rows of the table$/],
    ['dataset=digits&features=x', /^422 features 'x' x-y with dataset=digits, which has 64 features of its own/],
    [
      'dataset=own',
      /^422 dataset 'own' one of blobs, .*: own data never leaves the browser, which alone trains on it$/,
    ],
    ['features=x-x', /^422 features 'x-x' one or more of x, y, x2, y2, xy, sinx, siny, each at most once, as x-y-x2$/],
    ['features=x-z', /^422 features 'x-z'/],
    ['features=', /^400 features ''/],
    ['labelNoise=0.95', /^422 labelNoise '0.95' a number from 0 to 0.9 with/],
    ['scaling=minmax', /^422 scaling 'minmax' one of none, standard$/],
    ['seed=4294967296', /^422 seed '4294967296' a whole number from 0 to 4294967295$/],
    ['seed=4294967295&seeds=2', /^422 seed '4294967295' at most 4294967294 with seeds=2/],
    ['seeds=200&epochs=2000', /^422 seeds '200' at most 50 with epochs=2000: seeds × epochs is at most 100000$/],
    ['optimizer=no-such-rule', new RegExp(`^422 optimizer 'no-such-rule' one of ${optimizerNames.join(', ')}$`)],
    ['weightDecay=1.1', /^422 weightDecay '1.1' a number from 0 to 1 with/],
    ['averaging=yes', /^422 averaging 'yes' one of none, ema, swa$/],
    [
      'batchSizeSchedule=linear',
      /^400 batchSizeSchedule 'linear' constant, or up to 8 changes, each after an epoch from 1/,
    ],
    [
      'batchSizeSchedule=50',
      /^400 batchSizeSchedule '50' .* as 50:32-100:256 \(each value a whole number of at least 1/,
    ],
    ['batchSizeSchedule=50:0', /^422 batchSizeSchedule '50:0'/],
    ['batchSizeSchedule=0:4', /^422 batchSizeSchedule '0:4'/],
    ['batchSizeSchedule=100:32-50:256', /^422 batchSizeSchedule '100:32-50:256'/],
    ['batchSizeSchedule=50:32-50:256', /^422 batchSizeSchedule '50:32-50:256'/],
    ['batchSizeSchedule=1:1-2:2-3:1-4:2-5:1-6:2-7:1-8:2-9:1', /^422 batchSizeSchedule '1:1/],
    [
      'batchSizeSchedule=50:501',
      /^422 .* batch sizes up to 500, the number of training rows, or full: not 501 after epoch 50$/,
    ],
    ['batchSizeSchedule=200:64', /^422 .* changes before epoch 200, the last: not after epoch 200$/],
    ['learningRateSchedule=50:11', /^422 learningRateSchedule '50:11' constant, linear, cosine, or up to 8 changes/],
    ['learningRateSchedule=50:0.1&epochs=50', /^422 learningRateSchedule .* not after epoch 50$/],
    ['lastBatch=no', /^422 lastBatch 'no' one of kept, scaled, dropped$/],
    ['replacement=true&shuffle=false', /^422 replacement 'true' false with shuffle=false/],
    ['warmup=200', /^422 warmup '200' at most 199 with epochs=200: it ends before the run$/],
    ['foo=1&epochs=x&batchSize=0', /^400 foo .* epochs 'x' .* batchSize '0'/],
  ])('%s names the field, the value and what is allowed', (query, expected) => {
    expect(refusal(query)).toMatch(expected)
  })

  it('echoes no more of a long value than its beginning', () => {
    expect(refusal(`epochs=${'9'.repeat(5000)}`).length).toBeLessThan(200)
  })

  it('is read leniently by a page: unknown keys are ignored', () => {
    expect(readSpec(new URLSearchParams('fbclid=x&epochs=5'), {}, 'ignore').spec.epochs).toBe(5)
  })
})

describe('the presets', () => {
  it('are the tutorial’s four experiments and its sweep, each its own experiment', async () => {
    expect(presets.map(({ slug, spec }) => `${slug} ${permalink(spec)}`)).toEqual([
      'batch-gradient-descent /playground?batchSize=full',
      'stochastic-gradient-descent /playground?batchSize=1',
      'stochastic-small-learning-rate /playground?batchSize=1&learningRate=0.001',
      'mini-batch-gradient-descent /playground',
      'batch-size-4 /playground?batchSize=4',
      'batch-size-8 /playground?batchSize=8',
      'batch-size-16 /playground?batchSize=16',
      'batch-size-32 /playground',
      'batch-size-64 /playground?batchSize=64',
      'batch-size-128 /playground?batchSize=128',
      'batch-size-256 /playground?batchSize=256',
      'batch-size-450 /playground?batchSize=450',
    ])
    const digests = await Promise.all(presets.map(({ spec }) => digest(spec)))
    expect(new Set(digests).size).toBe(11)
  })
})

import { describe, expect, it } from 'vitest'

import { compare } from '#experiment/result/comparison.ts'
import { completeSpec } from '#experiment/spec/spec.ts'
import { trainNoise } from '#training/by-engine.ts'
import { runToEnd } from '#training/progress.ts'

import { resultOf } from '../../support/trained.ts'

describe('what the text says without a number', () => {
  const instability = async (query: string, seeds = 100) =>
    (await resultOf(`${query}&seeds=${seeds}`)).summary.instability.mean!
  /** The ratio of two mean instabilities, with its interval. */
  const timesAsUnstable = async (query: string, than: string) =>
    compare(await resultOf(query), await resultOf(than)).quantities.instability.ratio
  const above = (bound: number) => ({ low: expect.toSatisfy((low: number) => low > bound) })
  const epochsTo80 = async (query: string) => (await resultOf(`${query}&seeds=100`)).summary.epochsTo80.quartiles[1]!

  it('the climb gets slower from 4 to 256', async () => {
    const epochs = await Promise.all([4, 16, 32, 64, 128, 256].map((size) => epochsTo80(`batchSize=${size}`)))
    expect(epochs).toEqual(epochs.toSorted((a, b) => a - b))
  })

  it('the instability falls to 16, gets no lower to 128, falls to 256 and rises at 450', async () => {
    const [at4, at16, at32, at64, at128, at256, at450] = (await Promise.all(
      [4, 16, 32, 64, 128, 256, 450].map((size) => instability(`batchSize=${size}`)),
    )) as [number, number, number, number, number, number, number]
    expect(at16).toBeLessThan(at4 / 2)
    for (const value of [at32, at64, at128]) expect(Math.abs(Math.log(value / at16))).toBeLessThan(Math.log(1.3))
    expect(Math.max(at32, at64, at128)).toBeLessThan(at4 / 2)
    expect(at256).toBeLessThan(Math.min(at16, at32, at64, at128) / 1.8)
    expect(at450).toBeGreaterThan(at256 * 2)
  })

  it('64 shakes more than 32 in the same epochs; in the same steps the larger batch is the calmer', async () => {
    expect(await timesAsUnstable('batchSize=64&seeds=100', 'batchSize=32&seeds=100')).toMatchObject(above(1))
    const [at16, at32, at64, at128] = (await Promise.all(
      ['16&epochs=200', '32&epochs=400', '64&epochs=800', '128&epochs=1600'].map((size) =>
        instability(`batchSize=${size}`, 50),
      ),
    )) as [number, number, number, number]
    expect([at128, at64, at32, at16]).toEqual([at128, at64, at32, at16].toSorted((a, b) => a - b))
  })

  it('the full batch trembles by less than a test point, and most of its runs still learn, most of them up', async () => {
    const { summary, runs } = await resultOf('batchSize=full&seeds=100')
    expect(summary.instability.mean! * 500).toBeLessThan(1)
    const moving = runs.filter(({ stillLearning }) => stillLearning)
    expect(moving.length).toBe(summary.stillLearning)
    expect(moving.length).toBeGreaterThan(50)
    expect(moving.filter(({ drift }) => drift! > 0).length).toBeGreaterThan(moving.length / 2)
    expect(summary.drift.mean!).toBeGreaterThan(0)
  })

  it('with the same rows last, or more classes, the full batch and its like are calm but not done', async () => {
    const stillOf = async (query: string) => (await resultOf(`${query}&seeds=100`)).summary.stillLearning
    for (const query of ['batchSize=450&shuffle=false', 'batchSize=499&shuffle=false', 'batchSize=full'])
      expect(await stillOf(query)).toBeGreaterThan(80)
    for (const classes of [5, 10]) expect(await stillOf(`classes=${classes}&batchSize=full`)).toBeGreaterThan(95)
  })

  it('drawn with replacement, 256 loses its calm, and from 16 to all rows there is hardly a fall', async () => {
    expect(await timesAsUnstable('batchSize=256&replacement=true&seeds=100', 'batchSize=256&seeds=100')).toMatchObject(
      above(1.8),
    )
    const drawn = await Promise.all(
      ['16', '32', '64', '128', '256', 'full'].map((size) => instability(`batchSize=${size}&replacement=true`)),
    )
    expect(Math.max(...drawn) / Math.min(...drawn)).toBeLessThan(1.5)
  })

  it('a last step that is scaled by its rows, or dropped, calms 450', async () => {
    for (const lastBatch of ['scaled', 'dropped'])
      expect(
        await timesAsUnstable('batchSize=450&seeds=100', `batchSize=450&lastBatch=${lastBatch}&seeds=100`),
      ).toMatchObject(above(3))
  })

  it('along diagonals of learning rate and batch size the instability is much the same, and differs between them', async () => {
    const along = (pairs: readonly string[]) =>
      Promise.all(pairs.map((pair) => instability(pair.replace(/(.*) (.*)/, 'batchSize=$1&learningRate=$2'))))
    const rough = await along(['1 0.003', '4 0.01', '32 0.1'])
    const calm = await along(['1 0.001', '4 0.003', '32 0.03', '128 0.1'])
    for (const diagonal of [rough, calm]) expect(Math.max(...diagonal) / Math.min(...diagonal)).toBeLessThan(1.6)
    expect(Math.min(...rough) / Math.max(...calm)).toBeGreaterThan(1.8)
  })

  it('a tenth of the learning rate hardly changes the instability of 32 in as many epochs, and calms it in ten times as many', async () => {
    const small = await instability('batchSize=32&learningRate=0.001')
    expect(small / (await instability('batchSize=32'))).toBeGreaterThan(0.8)
    expect(small / (await instability('batchSize=32&learningRate=0.001&epochs=2000', 20))).toBeGreaterThan(1.4)
  })

  it('every remedy calms batch size 4, growing the batch and steps of the learning rate most', async () => {
    const none = 'batchSize=4&seeds=100'
    const most = [
      'batchSizeSchedule=50:256',
      'batchSizeSchedule=50:32-100:256',
      'learningRateSchedule=50:0.001-100:0.0001',
    ]
    for (const remedy of most) expect(await timesAsUnstable(none, `${remedy}&${none}`)).toMatchObject(above(20))
    for (const remedy of [
      'learningRateSchedule=cosine',
      'averaging=ema',
      'averaging=swa',
      'optimizer=adam&learningRate=0.001',
    ]) {
      const ratio = await timesAsUnstable(none, `${remedy}&${none}`)
      expect(ratio).toMatchObject(above(3))
      expect(ratio.high).toBeLessThan(20)
    }
  })

  it('annealed, batch size 1 gets out of its bad places; averaged, it does not', async () => {
    const ends = async (remedy: string) =>
      (await resultOf(`batchSize=1&${remedy}&seeds=100`)).runs.map(({ final }) => final.testAccuracy!)
    expect(Math.min(...(await ends('learningRateSchedule=cosine')))).toBeGreaterThan(0.77)
    expect(Math.max(...(await ends('averaging=swa')))).toBeLessThan(0.65)
  })

  it('the challenge can be met, and by neither of the plain ones', async () => {
    const meets = async (query: string) => {
      const { summary } = await resultOf(`${query}&seeds=30`)
      return [summary.epochsTo80.quartiles[1]! <= 3, summary.instability.mean! < 0.002]
    }
    expect(await meets('batchSize=4&batchSizeSchedule=50:256')).toEqual([true, true])
    expect(await meets('batchSize=4')).toEqual([true, false])
    expect(await meets('batchSize=256')).toEqual([false, false])
  })

  it('a smaller remainder shakes more, and without a shuffle it does not', async () => {
    const remainders = await Promise.all([250, 400, 450, 490, 499].map((size) => instability(`batchSize=${size}`)))
    expect(remainders).toEqual(remainders.toSorted((a, b) => a - b))
    expect(await instability('batchSize=450&shuffle=false')).toBeLessThan(remainders[0]!)
    expect(await instability('batchSize=499&shuffle=false')).toBeLessThan(remainders[0]!)
  })

  it('in each number of classes 4 shakes most and the full batch least; with 10, 32 is well ahead', async () => {
    for (const classes of [2, 5, 10]) {
      const order = await Promise.all(
        ['full', '32', '4'].map((size) => instability(`classes=${classes}&batchSize=${size}`)),
      )
      expect(order).toEqual(order.toSorted((a, b) => a - b))
    }
    const [at4, at32, full] = await Promise.all(
      ['4', '32', 'full'].map(async (size) => (await resultOf(`classes=10&batchSize=${size}&seeds=100`)).summary.final),
    )
    expect(at32!.testAccuracy.mean! - at4!.testAccuracy.mean!).toBeGreaterThan(0.02)
    expect(at32!.testAccuracy.mean! - full!.testAccuracy.mean!).toBeGreaterThan(0.02)
  })

  it('at the end of a full-batch run the true gradient has all but vanished, and the clouds have not', () => {
    const { gradientSquare, covarianceTrace } = runToEnd(trainNoise(completeSpec({ batchSize: 'full' })))
    expect(Math.sqrt(gradientSquare[200]! / gradientSquare[20]!)).toBeLessThan(0.01)
    expect(Math.sqrt(covarianceTrace[200]! / covarianceTrace[20]!)).toBeGreaterThan(0.5)
    // Of 120 batches of 256, the true gradient is far shorter than they are apart.
    expect((covarianceTrace[200]! / 256) * (244 / 499)).toBeGreaterThan(10 * gradientSquare[200]!)
  })

  it('with batch size 1 no run is at 0.80 in the end', async () => {
    const { runs } = await resultOf('batchSize=1&seeds=100')
    expect(runs.filter(({ final }) => final.testAccuracy! >= 0.8)).toEqual([])
  })

  it('without momentum the full batch shakes, and a smaller step is calm but far from done', async () => {
    const [shaking, small] = [
      'batchSize=full&momentum=0&seeds=100',
      'batchSize=full&learningRate=0.001&momentum=0&seeds=100',
    ]
    expect(await timesAsUnstable(shaking, 'batchSize=full&seeds=100')).toMatchObject(above(50))
    expect(await timesAsUnstable(shaking, small)).toMatchObject(above(30))
    const { summary } = await resultOf(small)
    expect(summary.stillLearning).toBeGreaterThan(95)
    expect(summary.epochsTo80.reached).toBe(0)
  })
}, 60_000)

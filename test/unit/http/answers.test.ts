import { describe, expect, it } from 'vitest'

import { Boundary } from '#experiment/result/boundary.ts'
import { Churn } from '#experiment/result/churn.ts'
import { Generalization } from '#experiment/result/generalization.ts'
import { GradientNoiseAnswer } from '#experiment/result/gradient-noise.ts'
import { ExperimentResult } from '#experiment/result/result.ts'
import { digest } from '#experiment/spec/digest.ts'
import { completeSpec } from '#experiment/spec/spec.ts'

import { header, startApp, type StartedApp } from '../../support/app.ts'

async function resultOf({ get }: StartedApp, query: string): Promise<ExperimentResult> {
  return ExperimentResult.parse(await (await get(`/api/experiments?${query}`)).json())
}

describe('/api/experiments', () => {
  it('gives the histories of five runs, or of as many as are asked for', async () => {
    const app = startApp()
    const histories = async (query: string) =>
      (await resultOf(app, `epochs=2&seeds=7${query}`)).runs.map(({ history }) => history?.testLoss.length ?? 0)
    expect(await histories('')).toEqual([2, 2, 2, 2, 2, 0, 0])
    expect(await histories('&histories=1')).toEqual([2, 0, 0, 0, 0, 0, 0])
    expect(await histories('&histories=200')).toEqual([2, 2, 2, 2, 2, 2, 2])
    expect((await app.get('/api/experiments?histories=201')).status).toBe(422)
  })

  it('has another ETag for another number of histories and another pin, and that of 5 by default', async () => {
    const { get } = startApp()
    const etag = async (query: string) => header(await get(`/api/experiments?${query}`, { method: 'HEAD' }), 'ETag')
    const queries = ['', 'histories=0', 'seed=2', 'pin=batchSize%3D4', 'pin=batchSize%3D8', 'pin=']
    const etags = await Promise.all(queries.map(etag))
    expect(new Set(etags).size).toBe(queries.length)
    expect(await etag('histories=5&batchSize=32')).toBe(etags[0])
    expect(await etag('pin=batchSize%3D32')).toBe(etags[5])
  })

  it('compares with a pinned experiment, run by run, and trains both', async () => {
    const app = startApp()
    const query = 'epochs=3&seeds=5&histories=0'
    const response = await app.get(
      `/api/experiments?${query}&pin=${encodeURIComponent('epochs=3&seeds=5&batchSize=4')}`,
    )
    expect(header(response, 'Cache-Status')).toBe('minibatch; fwd=miss')
    const { comparison, ...result } = ExperimentResult.parse(await response.json())
    expect(result).toEqual(await resultOf(app, query))
    const pinned = await resultOf(app, 'epochs=3&seeds=5&batchSize=4')
    expect(comparison).toMatchObject({ digest: pinned.digest, fingerprint: pinned.fingerprint, seeds: [1, 2, 3, 4, 5] })
    expect(comparison!.quantities.testLoss.differences[0]).toBeCloseTo(
      result.runs[0]!.final.testLoss! - pinned.runs[0]!.final.testLoss!,
      6,
    )
    await app.settled()
    expect(app.kept.size).toBe(2)
  })

  it('tells of the training of either, also where the other was cached', async () => {
    const app = startApp()
    const pinned = (size: number) =>
      `/api/experiments?epochs=2&batchSize=8&pin=${encodeURIComponent(`epochs=2&batchSize=${size}`)}`
    await resultOf(app, 'epochs=2&batchSize=8')
    expect(header(await app.get(pinned(16)), 'Cache-Status')).toContain('fwd=miss')
    await resultOf(app, 'epochs=2&batchSize=64')
    expect(header(await app.get(pinned(64)), 'Cache-Status')).toContain('hit; detail=memory')
  })
})

it('/api/experiments.csv is a file, named by the experiment, of the numbers that the JSON has', async () => {
  const app = startApp()
  const response = await app.get('/api/experiments.csv?epochs=2&seeds=3')
  const { digest: name, runs } = await resultOf(app, 'epochs=2&seeds=3')
  expect(header(response, 'Content-Disposition')).toBe(`attachment; filename="minibatch-${name.slice(0, 16)}.csv"`)
  const [columns, ...rows] = (await response.text()).trimEnd().split('\r\n')
  expect(columns).toBe('seed,epoch,runningLoss,runningAccuracy,trainLoss,trainAccuracy,testLoss,testAccuracy')
  expect(rows).toHaveLength(6)
  expect(rows[3]!.split(',').map(Number)).toEqual([2, 2, ...Object.values(runs[1]!.history!).map((of) => of[1])])
})

it('/api/dataset gives all points in float64, and says which of them train', async () => {
  const { get } = startApp()
  const answer = await (await get('/api/dataset?trainFraction=0.3')).json()
  const { points, labels } = answer as { points: number[][]; labels: number[] }
  expect(answer).toMatchObject({
    trainExamples: 300,
    centers: [expect.any(Array), expect.any(Array), expect.any(Array)],
  })
  expect([points.length, labels.length, points[0]]).toEqual([1000, 1000, [0.4871981127474787, -0.4316054814243375]])
})

describe('/api/boundary', () => {
  it('is of the first run, at one address however many there are, and of none where it diverged', async () => {
    const app = startApp()
    const boundary = async (query: string) => {
      const response = await app.get(`/api/boundary?examples=40&${query}`)
      return { text: await response.text(), etag: header(response, 'ETag'), from: header(response, 'Cache-Status') }
    }
    const one = await boundary('epochs=3')
    const { classes, confidences, columns, rows } = Boundary.parse(JSON.parse(one.text))
    expect([classes?.length, confidences?.length, columns, rows]).toEqual([10_000, 10_000, 100, 100])
    expect(one.from).toContain('fwd=miss')
    expect(await boundary('epochs=3&seeds=9')).toEqual({ ...one, from: 'minibatch; hit; detail=memory' })
    expect((await boundary('epochs=4')).etag).not.toBe(one.etag)
    expect(JSON.parse((await boundary('epochs=3&learningRate=10&momentum=0.999&batchSize=1')).text)).toMatchObject({
      classes: null,
      confidences: null,
    })
  })
})

describe('/api/gradient-noise', () => {
  it('has every quantity by epoch, says what each is, and is of the first run at one address', async () => {
    const app = startApp()
    const response = await app.get('/api/gradient-noise?batchSize=4&epochs=3')
    const noise = GradientNoiseAnswer.parse(await response.json())
    expect(noise).toMatchObject({ examples: 500, batchSize: [4, 4, 4, 4], diverged: false, epochs: [0, 1, 2, 3] })
    for (const [index] of noise.epochs.entries()) {
      const [square, trace] = [noise.gradientSquare[index]!, noise.covarianceTrace[index]!]
      expect(noise.noiseScale[index]).toBeCloseTo(trace / square, 4)
      const ofBatch = ((trace / 4) * 496) / 499
      expect(noise.noiseShare[index]).toBeCloseTo(ofBatch / (square + ofBatch), 6)
    }
    expect(noise.definitions.covarianceTrace).toContain('with divisor N')
    expect(noise.definitions.noiseShare).toContain('(N − B) / (N − 1)')
    expect(noise.definitions.source).toContain('McCandlish')
    const again = await app.get('/api/gradient-noise?batchSize=4&epochs=3&seeds=9')
    expect([header(again, 'ETag'), header(again, 'Cache-Status')]).toEqual([
      header(response, 'ETag'),
      'minibatch; hit; detail=memory',
    ])
  })

  it.each(['/api/gradient-noise', '/charts/gradient-noise.svg'])(
    '%s refuses the engine that cannot measure, and what the measuring makes too much',
    async (path) => {
      const { get } = startApp()
      const refusal = async (query: string) => {
        const response = await get(`${path}?${query}`)
        const { errors } = (await response.json()) as { errors: { field: string; expected: string }[] }
        return [response.status, ...errors.map(({ field, expected }) => `${field}: ${expected}`)]
      }
      expect(await refusal('engine=layers&epochs=2')).toEqual([
        422,
        'engine: fused: its kernel measures the gradients of single examples, no other engine does',
      ])
      // What can be trained, but not measured on the way at every epoch.
      const large = 'hiddenUnits=128-128-128&examples=5000&trainFraction=0.9&batchSize=full'
      expect((await get(`/api/experiments?${large}&epochs=150`, { method: 'HEAD' })).status).toBe(200)
      const [status, error] = await refusal(`${large}&epochs=150`)
      const most = Number(/^epochs: at most (\d+) with seeds=1: this is about/.exec(String(error))?.[1])
      expect(status).toBe(422)
      expect((await get(`${path}?${large}&epochs=${most}`, { method: 'HEAD' })).status).toBe(200)
      expect((await get(`${path}?${large}&epochs=${most + 1}`)).status).toBe(422)
    },
  )
})

describe('/api/generalization', () => {
  it('has every run on fresh points and on its test half, as the result has it, and the best rule', async () => {
    const app = startApp()
    const query = 'epochs=3&seeds=6&seed=4'
    const found = Generalization.parse(await (await app.get(`/api/generalization?${query}`)).json())
    const { runs } = await resultOf(app, query)
    expect(found.runs.map(({ seed, test }) => [seed, test!.accuracy])).toEqual(
      runs.map(({ seed, final }) => [seed, final.testAccuracy]),
    )
    expect(found).toMatchObject({ freshExamples: 200_000, testExamples: 500, best: { rule: 'nearest true center' } })
    expect(found.summary.fresh.mean.low).toBeLessThan(found.summary.fresh.mean.high!)
    expect(header(await app.get(`/api/generalization?${query}`), 'Cache-Status')).toContain('detail=memory')
    expect((await app.get(`/api/generalization?${query}`, { method: 'HEAD' })).status).toBe(200)
  })

  it('counts its predictions as work: few epochs of many large networks can be too much', async () => {
    const { get } = startApp()
    const large = 'hiddenUnits=128-128-128&examples=200&epochs=20'
    expect((await get(`/api/experiments?${large}&seeds=200`, { method: 'HEAD' })).status).toBe(200)
    const response = await get(`/api/generalization?${large}&seeds=200`)
    const { errors } = (await response.json()) as { errors: { field: string; expected: string }[] }
    expect([response.status, errors.map(({ field }) => field)]).toEqual([422, ['seeds', 'freshExamples']])
    const most = Number(/^at most (\d+) with epochs=20/.exec(errors[0]!.expected)?.[1])
    expect((await get(`/api/generalization?${large}&seeds=${most}`, { method: 'HEAD' })).status).toBe(200)
    expect((await get(`/api/generalization?${large}&seeds=${most + 1}`, { method: 'HEAD' })).status).toBe(422)
    const fewer = Number(/^at most (\d+)/.exec(errors[1]!.expected)?.[1])
    const withFresh = (count: number) => `/api/generalization?${large}&seeds=200&freshExamples=${count}`
    expect((await get(withFresh(fewer), { method: 'HEAD' })).status).toBe(200)
    expect((await get(withFresh(fewer + 1), { method: 'HEAD' })).status).toBe(422)
  })

  it('compares with a pinned experiment on the same fresh examples, and refuses one of another distribution', async () => {
    const { get } = startApp()
    const url = '/api/generalization?epochs=3&freshExamples=5000&pin='
    const found = Generalization.parse(await (await get(`${url}epochs%3D3%26batchSize%3Dfull`)).json())
    expect([found.freshExamples, found.comparison?.pairs]).toEqual([5000, 1])
    const etag = async (pin: string) => header(await get(`${url}${pin}`), 'ETag')
    expect(await etag('epochs%3D3%26batchSize%3Dfull')).not.toBe(await etag('epochs%3D3'))
    const refused = await get(`${url}dataset%3Dmoons`)
    const { errors } = (await refused.json()) as { errors: unknown[] }
    expect([refused.status, errors]).toEqual([
      422,
      [{ field: 'pin', value: 'dataset=moons', expected: 'dataset=blobs: both are tried on the same fresh examples' }],
    ])
  })
})

describe('/api/churn', () => {
  it('is of the first run, whatever `seeds` says, and has the test accuracy of the result', async () => {
    const app = startApp()
    const found = Churn.parse(await (await app.get('/api/churn?batchSize=4&epochs=60&seed=5')).json())
    expect([found.epochs, found.share.length, found.testExamples]).toEqual([[46, 60], 15, 500])
    const { runs } = await resultOf(app, 'batchSize=4&epochs=60&seed=5')
    const right = found.predicted!.filter((label, example) => label === found.labels[example]).length
    expect(right / 500).toBeCloseTo(runs[0]!.final.testAccuracy!, 6)
    expect(found.mean).toBeGreaterThan(runs[0]!.instability!)
    const several = await app.get('/api/churn?batchSize=4&epochs=60&seed=5&seeds=9')
    expect([await several.json(), header(several, 'Cache-Status')]).toEqual([found, 'minibatch; hit; detail=memory'])
  })

  it.each(['/api/churn', '/charts/scatter.svg', '/charts/confusion.svg', '/charts/restless.svg'])(
    '%s refuses what can be trained, but not predicted after each epoch of the window too',
    async (path) => {
      const { get } = startApp()
      const large = 'hiddenUnits=128-128-128&examples=5000&trainFraction=0.1&batchSize=full'
      const head = async (query: string) => (await get(`${path}?${large}&${query}`, { method: 'HEAD' })).status
      /** The most epochs that a refusal names. */
      const mostOf = async (address: string) => {
        const response = await get(address)
        const { errors } = (await response.json()) as { errors: { expected: string }[] }
        expect(response.status).toBe(422)
        return Number(/^at most (\d+) with seeds=1: this is/.exec(errors[0]!.expected)?.[1])
      }
      const trained = await mostOf(`/api/experiments?${large}&epochs=1000`)
      const predicted = await mostOf(`${path}?${large}&epochs=${trained}`)
      expect(predicted).toBeLessThan(trained)
      expect([await head(`epochs=${predicted}`), await head(`epochs=${predicted + 1}`)]).toEqual([200, 422])
    },
  )
})

it('/api/presets names the tutorial’s experiments, with the page and the digest of each', async () => {
  const presets = (await (await startApp().get('/api/presets')).json()) as Record<string, unknown>[]
  expect(presets).toHaveLength(12)
  expect(presets[1]).toEqual({
    slug: 'stochastic-gradient-descent',
    title: 'Stochastic gradient descent',
    spec: completeSpec({ batchSize: 1 }),
    permalink: '/playground?batchSize=1',
    digest: await digest(completeSpec({ batchSize: 1 })),
  })
})

it('/api/health tells the versions and the deployment, and is never stored', async () => {
  const response = await startApp({ deployment: 'd7' }).get('/api/health')
  expect(header(response, 'Cache-Control')).toBe('no-store')
  expect(await response.json()).toEqual({
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    deployment: 'd7',
    engines: { fused: 'fused-1', layers: 'layers-1' },
  })
})

describe('a table in the form that a client takes', () => {
  const encoding = async (accepted?: string, cf?: object) => {
    const init = accepted === undefined ? {} : { headers: { 'Accept-Encoding': accepted } }
    const response = await startApp().get('/api/experiments.csv?epochs=2', init, cf)
    expect(header(response, 'Vary')).toBe('Accept-Encoding')
    return header(response, 'Content-Encoding')
  }

  it('is compressed where gzip is named, in any spelling, and not refused by a weight of 0', async () => {
    for (const taken of ['gzip', 'br, gzip', 'GZIP;q=0.5', 'deflate , gzip ; q=1', 'gzip;q=0.001'])
      expect([taken, await encoding(taken)]).toEqual([taken, 'gzip'])
    for (const other of ['', 'br', 'gzip;q=0', 'br, gzip; q=0.0', 'x-gzip', 'identity'])
      expect([other, await encoding(other)]).toEqual([other, null])
    expect(await encoding()).toBeNull()
  })

  it('goes by what the client said, where the platform has put its own header in place of it', async () => {
    expect(await encoding('gzip', { clientAcceptEncoding: 'br' })).toBeNull()
    expect(await encoding('br', { clientAcceptEncoding: 'gzip, br' })).toBe('gzip')
    expect(await encoding('gzip', { colo: 'ZRH' })).toBe('gzip')
  })

  it('is never marked where there is no table', async () => {
    const { get } = startApp({ trainings: 'off' })
    const init = { headers: { 'Accept-Encoding': 'gzip' } }
    for (const response of [
      await get('/api/experiments.csv?epochs=2', init),
      await get('/api/experiments.csv?epochs=2', { ...init, method: 'HEAD' }),
      await get('/api/presets', init),
    ])
      expect(header(response, 'Content-Encoding')).toBeNull()
  })
})

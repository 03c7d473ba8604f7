/** Several experiments as data. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { ExperimentResult } from '#experiment/result/result.ts'
import { SweepAnswer } from '#experiment/result/sweep-rows.ts'
import { estimateOperations } from '#experiment/spec/cost.ts'
import { addressLimits } from '#experiment/spec/limits.ts'
import { completeSpec } from '#experiment/spec/spec.ts'

import { header, startApp, type StartedApp } from '../../support/app.ts'

const query = 'batchSize=8,full&learningRate=0.01,0.1&epochs=40&seeds=3'
const trained = 'minibatch; fwd=miss'
const fromMemory = 'minibatch; hit; detail=memory'

const sweepOf = async ({ get }: StartedApp, asked: string) =>
  SweepAnswer.parse(await (await get(`/api/sweep?${asked}`)).json())

describe('/api/sweep', () => {
  it('has a row for each experiment, the first list varying slowest, with what the experiment alone has', async () => {
    const app = startApp()
    const { varied, equal, rows } = await sweepOf(app, query)
    expect([varied, equal]).toEqual([['batchSize', 'learningRate'], 'epochs'])
    expect(rows.map(({ settings }) => [settings.batchSize, settings.learningRate])).toEqual([
      [8, 0.01],
      [8, 0.1],
      ['full', 0.01],
      ['full', 0.1],
    ])
    for (const { settings, summary, digest, fingerprint, permalink, epochs, updates } of rows) {
      const alone = ExperimentResult.parse(
        await (
          await app.get(
            `/api/experiments?batchSize=${settings.batchSize}&learningRate=${settings.learningRate}&epochs=40&seeds=3`,
          )
        ).json(),
      )
      expect({ summary, digest, fingerprint, permalink }).toEqual({
        summary: alone.summary,
        digest: alone.digest,
        fingerprint: alone.fingerprint,
        permalink: alone.permalink,
      })
      expect([epochs, updates]).toEqual([40, settings.batchSize === 8 ? 40 * 63 : 40])
    }
  })

  it('trains for as many epochs as equal updates take, and says so', async () => {
    const { equal, rows } = await sweepOf(startApp(), 'batchSize=50,full&epochs=4&equal=updates')
    expect(equal).toBe('updates')
    expect(rows.map((row) => [row.settings.batchSize, row.epochs, row.updates])).toEqual([
      [50, 4, 40],
      ['full', 40, 40],
    ])
    expect(rows[1]!.permalink).toBe('/playground?batchSize=full&epochs=40')
  })

  it('says what it had to wait for, keeps each experiment, and comes from the cache the next time', async () => {
    const app = startApp()
    const status = async (asked: string) => header(await app.get(`/api/sweep?${asked}`), 'Cache-Status')
    expect(await status(query)).toBe(trained)
    expect(await status(query)).toBe(fromMemory)
    await app.settled()
    expect(app.kept.size).toBe(4)
    expect(await status(query.replace('8,full', '8'))).toBe(fromMemory)
    expect(await status(query.replace('8,full', '8,9'))).toBe(trained)
  })

  it('has an ETag of what is asked: experiments, their order, and what they have alike', async () => {
    const { get } = startApp()
    const etag = async (asked: string) => header(await get(`/api/sweep?${asked}`, { method: 'HEAD' }), 'ETag')
    const asked = ['batchSize=8,16', 'batchSize=16,8', 'batchSize=8', 'seed=1,2', 'seed=1,2&equal=updates', '']
    const etags = await Promise.all(asked.map(etag))
    expect(new Set(etags).size).toBe(asked.length)
    expect(await etag('batchSize=8&batchSize=16&equal=epochs')).toBe(etags[0])
    const same = await get('/api/sweep?batchSize=8,16', { headers: { 'If-None-Match': etags[0]! } })
    expect([same.status, await same.text()]).toEqual([304, ''])
  })

  it('is refused before anything trains: as a whole, with the reason', async () => {
    const app = startApp({ trainings: 'some' })
    const sixtyFive = Array.from({ length: 65 }, (_, index) => index + 1).join(',')
    for (const [asked, status, says] of [
      [`batchSize=${sixtyFive}`, 422, 'at most 64 experiments in all, not 65'],
      ['batchSize=1,2,3,4&seeds=200', 422, 'together they are'],
      ['batchSize=32,full&equal=updates', 422, 'at most 125 with equal=updates'],
      ['batchSize=4,501', 422, 'from 1 to 500'],
      ['batchSize=4,8&histories=1', 400, 'one of'],
      ['batchSize=4,8&equal=', 422, 'one of epochs, updates'],
    ] as const)
      for (const route of ['sweep', 'sweep.csv']) {
        const response = await app.get(`/api/${route}?${asked}`)
        expect([asked, response.status, header(response, 'Cache-Control')]).toEqual([asked, status, 'no-store'])
        expect(await response.text()).toContain(says)
      }
    expect(app.counted).toEqual([])
  })
})

describe('/api/sweep.csv', () => {
  it('is a file with the rows of the JSON, compressed for those who take it', async () => {
    const app = startApp()
    const { rows } = await sweepOf(app, query)
    const response = await app.get(`/api/sweep.csv?${query}`, { headers: { 'Accept-Encoding': 'gzip' } })
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-encoding': 'gzip',
      'content-disposition': expect.stringMatching(/^attachment; filename="minibatch-sweep-[0-9a-f]{16}\.csv"$/),
      'cache-status': fromMemory,
      vary: expect.stringContaining('Accept-Encoding'),
    })
    const [columns = '', ...lines] = (await response.text()).trimEnd().split('\r\n')
    expect(columns).toMatch(/^batchSize,learningRate,epochs,updates,runs,diverged,stillLearning,/)
    const at = columns.split(',').indexOf('testAccuracyMean')
    expect(lines.map((line) => Number(line.split(',')[at]))).toEqual(
      rows.map(({ summary }) => summary.final.testAccuracy.mean),
    )
    expect(lines.map((line) => line.split(',').at(-1))).toEqual(rows.map(({ permalink }) => permalink))
  })

  it('has an ETag of its own', async () => {
    const { get } = startApp()
    const etag = async (route: string) => header(await get(`/api/${route}?${query}`, { method: 'HEAD' }), 'ETag')
    expect(await etag('sweep.csv')).not.toBe(await etag('sweep'))
  })
})

describe('/charts/map.svg', () => {
  it('draws up to 64 experiments, each a link to where it is served, in the number that is asked for', async () => {
    const { get } = startApp()
    const eight = 'batchSize=4,5,6,7,8,9,10,full&seed=1,2,3,4,5,6,7,8&epochs=2&examples=40'
    const response = await get(`/charts/map.svg?${eight}&value=testAccuracy`)
    expect(response.status).toBe(200)
    const svg = await response.text()
    expect(svg.match(/<a href="http:\/\/minibatch\.test\/playground\?[^"]*"/g)).toHaveLength(64)
    expect(svg).toContain('<title>Test accuracy by batch size and seed, ')
    expect((await get(`/charts/sweep.svg?${eight}`)).status).toBe(422)
    expect((await get(`/charts/map.svg?${eight}&value=speed`)).status).toBe(422)
    expect((await get(`/charts/map.svg?${eight}&metric=loss`)).status).toBe(400)
  })

  it('has another ETag for another number and for equal updates', async () => {
    const { get } = startApp()
    const etag = async (view: string) =>
      header(await get(`/charts/map.svg?batchSize=16,64&epochs=40${view}`, { method: 'HEAD' }), 'ETag')
    const views = ['', '&value=testAccuracy', '&value=testLoss', '&value=epochsTo80', '&equal=updates']
    const etags = await Promise.all(views.map(etag))
    expect(new Set(etags).size).toBe(views.length)
    expect(await etag('&value=instability&equal=epochs')).toBe(etags[0])
  })

  it('as every chart of several experiments, can have equal updates', async () => {
    const { get } = startApp()
    for (const chart of ['map', 'sweep', 'small-multiples', 'instability']) {
      const svg = await (await get(`/charts/${chart}.svg?batchSize=50,full&epochs=5&equal=updates`)).text()
      expect(svg).toMatch(/<title>[^<]+ (by|and) batch size, 50 updates each<\/title>/)
    }
    expect((await get('/charts/learning-curves.svg?epochs=5&equal=updates')).status).toBe(400)
  })
})

describe('a sweep that has to be trained', () => {
  const address = { headers: { 'CF-Connecting-IP': '192.0.2.1' } }
  /** Some work each by its estimate, and nearly none: they diverge in their first epoch. */
  const costly = (seed: string, epochs = 160) =>
    `batchSize=1&hiddenUnits=128-128-128&learningRate=10&momentum=0.999&epochs=${epochs}&seed=${seed}`
  /** Its share of what one address may ask for at once. */
  const shareOf = (epochs: number) =>
    estimateOperations(completeSpec({ batchSize: 1, hiddenUnits: '128-128-128', epochs })) / addressLimits.atOnce

  // A share comes back with time.
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
  afterEach(() => void vi.useRealTimers())

  it.each(['/api/sweep', '/api/sweep.csv', '/charts/map.svg', '/charts/small-multiples.svg', '/charts/sweep.svg'])(
    'is let in or refused as a whole at %s',
    async (route) => {
      const app = startApp({ trainings: 'limited' })
      let seed = 1000
      for (let used = 0; used < 1; used += shareOf(800)) {
        const one = await app.get(`/api/experiments?histories=0&${costly(String(seed++), 800)}`, address)
        expect(one.status).toBe(200)
      }
      await app.settled()
      const before = app.kept.size
      const refused = await app.get(`${route}?${costly('1,2,3,4')}`, address)
      expect(refused.status).toBe(429)
      expect(Number(header(refused, 'Retry-After'))).toBeGreaterThan(0)
      await app.settled()
      expect(app.kept.size).toBe(before)

      // From elsewhere it is one question to the platform, and all of it is trained.
      const counted = app.counted.length
      const other = { headers: { 'CF-Connecting-IP': '192.0.2.2' } }
      expect((await app.get(`${route}?${costly('1,2,3,4')}`, other)).status).toBe(200)
      expect(app.counted.length).toBe(counted + 1)
      // What is known by now is open to all.
      expect((await app.get(`${route}?${costly('1,2,3,4')}`, address)).status).toBe(200)
    },
    60_000,
  )

  it('that is refused by the platform trains nothing; one that is let in is not asked about again', async () => {
    let asked = 0
    const app = startApp({ trainings: 'limited', isWithinRate: () => ++asked === 2 })
    const path = `/api/sweep?${costly('1,2,3,4')}`
    const refused = await app.get(path, address)
    expect([refused.status, header(refused, 'Retry-After'), app.kept.size]).toEqual([429, '60', 0])
    expect((await app.get(path, address)).status).toBe(200)
    await app.settled()
    expect([asked, app.kept.size]).toEqual([2, 4])
  }, 60_000)

  it('pays for what it trains, not for what the store had', async () => {
    const first = startApp()
    expect((await first.get(`/api/sweep?${costly('1,2,3,4')}`)).status).toBe(200)
    await first.settled()
    const app = startApp({ trainings: 'limited', kept: first.kept })
    // The first has to be trained and pays for all five; four of them are there.
    for (let time = 0; time < 2 / shareOf(160); time++) {
      const response = await app.get(`/api/sweep?${costly(`${100 + time},1,2,3,4`)}`, address)
      if (response.status === 429) {
        expect(time).toBe(Math.ceil(1 / shareOf(160)))
        return
      }
      expect(response.status).toBe(200)
    }
    throw new Error('never refused')
  }, 60_000)
})

import { describe, expect, it } from 'vitest'

import { header, startApp, type StartedApp } from '../../support/app.ts'

const trained = 'minibatch; fwd=miss'
const fromStore = 'minibatch; hit; detail=store'
const fromMemory = 'minibatch; hit; detail=memory'

async function etagOf({ get }: StartedApp, path: string): Promise<string> {
  const response = await get(path, { method: 'HEAD' })
  expect([path, response.status]).toEqual([path, 200])
  return header(response, 'ETag')!
}

describe('a chart that is shown in another way', () => {
  const views = ['metric=loss', 'axis=updates', 'train=running', 'runs=first', 'width=500', 'theme=dark', 'theme=auto']

  it('has another ETag, so that no copy of one view is taken for another', async () => {
    const app = startApp()
    const etags = await Promise.all(
      ['', ...views].map((view) => etagOf(app, `/charts/learning-curves.svg?epochs=3&${view}`)),
    )
    expect(new Set(etags).size).toBe(etags.length)
  })

  it('is another picture', async () => {
    const { get } = startApp()
    const svg = async (view: string) =>
      (await get(`/charts/learning-curves.svg?epochs=3&seeds=3&examples=500&${view}`)).text()
    const pictures = await Promise.all(['', ...views].map(svg))
    expect(new Set(pictures).size).toBe(pictures.length)
  })

  it('has the ETag of the view that it has by default', async () => {
    const app = startApp()
    const spelled = 'metric=accuracy&axis=epochs&train=evaluated&runs=all&batchSize=32'
    expect(await etagOf(app, `/charts/learning-curves.svg?${spelled}`)).toBe(
      await etagOf(app, '/charts/learning-curves.svg'),
    )
  })

  it.each([
    ['dataset', ['metric', 'axis', 'train', 'runs']],
    ['decision-boundary', ['metric', 'axis', 'train', 'runs']],
    ['sweep', ['metric', 'axis', 'train', 'runs']],
    ['gradient-noise', ['metric', 'axis', 'train', 'runs']],
  ])('%s.svg refuses what would change nothing of it: %j', async (chart, keys) => {
    const { get } = startApp()
    const value = { metric: 'loss', axis: 'updates', train: 'running', runs: 'first' } as Record<string, string>
    for (const key of keys) {
      const response = await get(`/charts/${chart}.svg?epochs=40&${key}=${value[key]}`)
      expect([key, response.status]).toEqual([key, 400])
    }
  })

  it('is from 280 to 1600 pixels wide, 720 by default, to the pixel', async () => {
    const { get } = startApp()
    const status = async (width: number) => (await get(`/charts/dataset.svg?examples=20&width=${width}`)).status
    expect(await Promise.all([279, 280, 1600, 1601].map(status))).toEqual([422, 200, 200, 422])
    const width = async (query: string) =>
      /^<svg [^>]*\bwidth="(\d+)"/.exec(await (await get(`/charts/dataset.svg?examples=20${query}`)).text())![1]
    expect([await width(''), await width('&width=333')]).toEqual(['720', '333'])
  })

  it('is light in every program by default, and follows the reader’s colors where that is asked for', async () => {
    const { get } = startApp()
    const isDark = async (query: string) =>
      (await (await get(`/charts/dataset.svg?examples=20${query}`)).text()).includes('prefers-color-scheme: dark')
    expect([await isDark(''), await isDark('&theme=auto'), await isDark('&theme=light')]).toEqual([false, true, false])
  })
})

describe('the runs that a chart draws one by one', () => {
  const runsOf = async (query: string) => {
    const svg = await (await startApp().get(`/charts/learning-curves.svg?epochs=3&${query}`)).text()
    const path = /<path class="line seeds test" d="([^"]*)"/.exec(svg)?.[1] ?? ''
    return path.split('M').length - 1
  }

  it('are all of them up to thirty: more would be slow to draw and say nothing', async () => {
    expect([await runsOf('seeds=7'), await runsOf('seeds=30'), await runsOf('seeds=40')]).toEqual([7, 30, 30])
  })

  it('are none where the first run alone is asked for', async () => {
    expect(await runsOf('seeds=7&runs=first')).toBe(0)
  })
})

describe('a chart of several experiments', () => {
  const sweep = (sizes: string) => `/charts/sweep.svg?epochs=40&batchSize=${sizes}`

  it('has another ETag for other experiments and for another order of them, and for one alone', async () => {
    const app = startApp()
    const etags = await Promise.all(['8,16', '16,8', '8,16,32', '8,32', '8'].map((sizes) => etagOf(app, sweep(sizes))))
    expect(new Set(etags).size).toBe(etags.length)
    expect(await etagOf(app, sweep('8&batchSize=16'))).toBe(etags[0])
  })

  it('says what it had to wait for, whichever experiment that was: training before store before memory', async () => {
    const app = startApp()
    const cacheStatus = async (sizes: string, { get } = app) => header(await get(sweep(sizes)), 'Cache-Status')
    expect(await cacheStatus('100')).toBe(trained)
    // The first in memory and the last new, and the other way round.
    expect(await cacheStatus('100,200')).toBe(trained)
    expect(await cacheStatus('300,100')).toBe(trained)
    expect(await cacheStatus('300,200,100')).toBe(fromMemory)
    await app.settled()

    const other = startApp({ kept: app.kept })
    expect(await cacheStatus('100', other)).toBe(fromStore)
    expect(await cacheStatus('100,200', other)).toBe(fromStore)
    expect(await cacheStatus('300,100', other)).toBe(fromStore)
    expect(await cacheStatus('100,300', other)).toBe(fromMemory)
    expect(await cacheStatus('100,300,400', other)).toBe(trained)

    const third = startApp({ kept: app.kept })
    expect(await cacheStatus('100,150', third)).toBe(trained)
    expect(await cacheStatus('250,200', third)).toBe(trained)
  })
})

describe('a chart of the plane', () => {
  it('trains nothing for the points alone', async () => {
    const app = startApp({ trainings: 'off' })
    const response = await app.get('/charts/dataset.svg?examples=20')
    expect([response.status, header(response, 'Cache-Status')]).toEqual([200, null])
    expect((await app.get('/charts/decision-boundary.svg?examples=20')).status).toBe(503)
    expect((await app.get('/charts/learning-curves.svg?examples=20')).status).toBe(503)
  })

  it('shows the first run, however many are asked for: one training, one address', async () => {
    const app = startApp({ trainings: 'some' })
    const path = '/charts/decision-boundary.svg?epochs=60'
    const svg = await (await app.get(`${path}&seeds=50`)).text()
    expect(await (await app.get(path)).text()).toBe(svg)
    expect(await etagOf(app, `${path}&seeds=50`)).toBe(await etagOf(app, path))
    expect(await etagOf(app, `${path}&seed=2`)).not.toBe(await etagOf(app, path))
    // The boundary and the numbers are within one portion of work.
    expect(app.counted).toHaveLength(1)
    await app.settled()
    // The numbers of the one run, and its boundary.
    const stored = [...app.kept.values()].map(({ value }) => value.byteLength)
    expect(stored).toHaveLength(2)
    expect(stored).toContain(6 * 60 * 4)
  })
})

describe('the noise meter', () => {
  it('is trained once for the picture and its data, of the first run, at one address however many there are', async () => {
    const app = startApp({ trainings: 'some' })
    const path = '/charts/gradient-noise.svg?epochs=3&examples=40'
    const first = await app.get(`${path}&seeds=50`)
    expect(header(first, 'Cache-Status')).toBe(trained)
    const svg = await first.text()
    expect(svg).toMatch(/<title>Gradient noise scale by epoch, full batch \(20\), learning rate 0\.01, 3 epochs/)
    const again = await app.get(path)
    expect([await again.text(), header(again, 'Cache-Status')]).toEqual([svg, fromMemory])
    expect(await etagOf(app, `${path}&seeds=50`)).toBe(await etagOf(app, path))
    expect(header(await app.get('/api/gradient-noise?epochs=3&examples=40&seeds=7'), 'Cache-Status')).toBe(fromMemory)
    expect(app.counted).toHaveLength(1)
    await app.settled()
    // It is no part of the numbers, which are kept.
    expect(app.kept.size).toBe(0)
  })

  it('is not to be had where trainings are off', async () => {
    const app = startApp({ trainings: 'off' })
    for (const path of ['/charts/gradient-noise.svg', '/api/gradient-noise', '/api/generalization'])
      expect([path, (await app.get(path)).status]).toEqual([path, 503])
  })
})

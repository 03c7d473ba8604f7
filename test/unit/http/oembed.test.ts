import { describe, expect, it } from 'vitest'

import { header, origin, startApp } from '../../support/app.ts'

const ask = (query: Record<string, string>) =>
  startApp({ trainings: 'off' }).get(`/oembed?${new URLSearchParams(query)}`)
const answerTo = async (query: Record<string, string>) => (await (await ask(query)).json()) as Record<string, unknown>

describe('/oembed', () => {
  it('says how to show a permalink: a frame of the bare figure, its size, and the card', async () => {
    const expected = {
      version: '1.0',
      type: 'rich',
      title: 'Batch size 1, seed 3',
      provider_name: 'Minibatch',
      provider_url: `${origin}/`,
      cache_age: 3600,
      html: expect.stringMatching(/^<iframe [^>]*><\/iframe>$/),
      width: 640,
      height: 420,
      thumbnail_url: `${origin}/cards/experiment.png?batchSize=1&seed=3`,
      thumbnail_width: 1200,
      thumbnail_height: 630,
    }
    const frame = `<iframe src="${origin}/embed?batchSize=1&amp;seed=3" title="Batch size 1, seed 3" width="640" height="420" loading="lazy" style="border:0"></iframe>`
    for (const url of [
      '/playground?seed=3&batchSize=1&fbclid=x',
      `${origin}/embed?seed=3&batchSize=1`,
      'https://minibatch.test/playground?seed=3&batchSize=1',
    ]) {
      const answer = await answerTo({ url })
      expect(answer).toEqual(expected)
      expect(answer['html']).toBe(frame)
    }
  })

  it('shows it as it was shown: the switches of the address go along', async () => {
    const html = async (query: string) =>
      (await answerTo({ url: `/playground?batchSize=8&${query}` }))['html'] as string
    expect(await html('metric=loss')).toContain('/embed?batchSize=8&amp;metric=loss"')
    expect(await html('metric=accuracy')).toContain('/embed?batchSize=8"')
  })

  it('keeps to the room that there is, and leaves a card out that is larger', async () => {
    const [narrow, low, exact] = await Promise.all([
      answerTo({ url: '/playground', maxwidth: '1199' }),
      answerTo({ url: '/playground', maxheight: '629' }),
      answerTo({ url: '/playground', maxwidth: '1200', maxheight: '630' }),
    ])
    expect([narrow, low, exact].map((answer) => 'thumbnail_url' in answer)).toEqual([false, false, true])
    expect(await answerTo({ url: '/playground', maxwidth: '320', maxheight: '100' })).toMatchObject({
      width: 320,
      height: 100,
    })
  })

  it('has another ETag for another experiment and other room', async () => {
    const { get } = startApp()
    const queries = [
      'url=/playground',
      'url=/playground?seed=2',
      'url=/playground?metric=loss',
      'url=/playground&maxwidth=300',
      'url=/playground&maxheight=300',
    ]
    const etags = await Promise.all(queries.map(async (query) => header(await get(`/oembed?${query}`), 'ETag')))
    expect(new Set(etags).size).toBe(queries.length)
  })

  it.each([
    ['https://example.com/playground', 'another site'],
    ['ftp://minibatch.test/playground', 'another protocol'],
    [`${origin}/about`, 'a page that is no permalink'],
    ['http://[', 'no address'],
  ])('has nothing for %s: %s', async (url) => {
    const response = await ask({ url })
    expect([response.status, await response.json()]).toEqual([
      404,
      {
        type: 'about:blank',
        status: 404,
        title: 'Nothing to embed',
        detail: 'Only addresses of /playground and /embed on minibatch.test can be embedded.',
      },
    ])
  })

  it('has nothing for an experiment that cannot be, and says why', async () => {
    const response = await ask({ url: '/playground?epochs=0' })
    expect([response.status, await response.json()]).toEqual([
      404,
      expect.objectContaining({
        title: 'Nothing to embed',
        detail: "epochs: expected a whole number from 1 to 2000, got '0'",
        errors: [{ field: 'epochs', value: '0', expected: 'a whole number from 1 to 2000' }],
      }),
    ])
  })

  it('answers in JSON alone, and needs to be told of what', async () => {
    expect((await ask({ url: '/playground', format: 'xml' })).status).toBe(501)
    expect((await ask({ url: '/playground', format: 'json', dnt: '1' })).status).toBe(200)
    const response = await ask({})
    expect([response.status, await response.json()]).toEqual([
      400,
      expect.objectContaining({
        errors: [
          { field: 'url', value: '', expected: 'the address of a permalink, or of its bare figure, on this site' },
        ],
      }),
    ])
  })
})

import { describe, expect, it, vi } from 'vitest'

import { documentation } from '../../../worker/http/openapi/routes.ts'
import { header, origin, startApp, type StartedApp } from '../../support/app.ts'

async function problemAt({ get }: Pick<StartedApp, 'get'>, path: string, init?: RequestInit) {
  const response = await get(path, init)
  expect(header(response, 'Content-Type')).toBe('application/problem+json')
  expect(header(response, 'Cache-Control')).toBe('no-store')
  expect(header(response, 'ETag')).toBeNull()
  return { response, body: await response.json() }
}

const path = '/api/experiments?epochs=2'
/** More than the platform counts as one by its estimate, and soon over: it diverges at once. */
const large =
  '/api/experiments?histories=0&batchSize=1&hiddenUnits=128-128-128&learningRate=10&momentum=0.999&epochs=160'

describe('what cannot be served', () => {
  it('names every field that is wrong, what came and what is allowed', async () => {
    const { response, body } = await problemAt(startApp(), '/api/experiments?epochs=many&foo=1&momentum=2')
    const expected = (body as { errors: { expected: string }[] }).errors[1]!.expected
    expect(expected).toMatch(/^one of dataset, .*, engine, histories, pin$/)
    expect(response.status).toBe(400)
    expect(body).toEqual({
      type: 'about:blank',
      status: 400,
      title: 'The query cannot be read',
      detail: [
        "epochs: expected a whole number from 1 to 2000, got 'many'",
        `foo: expected ${expected}, got '1'`,
        "momentum: expected a number from 0 to 0.999 with at most 6 significant digits, got '2'",
      ].join('; '),
      errors: [
        { field: 'epochs', value: 'many', expected: 'a whole number from 1 to 2000' },
        { field: 'foo', value: '1', expected },
        { field: 'momentum', value: '2', expected: 'a number from 0 to 0.999 with at most 6 significant digits' },
      ],
    })
  })

  it('that can be read is refused as such', async () => {
    const { response, body } = await problemAt(startApp(), '/api/experiments?momentum=2')
    expect([response.status, body]).toEqual([
      422,
      expect.objectContaining({ status: 422, title: 'The query asks for what cannot be given' }),
    ])
  })

  it('is nothing at an unknown path, of which 100 characters are told', async () => {
    const { response, body } = await problemAt(startApp(), `/api/${'x'.repeat(200)}`)
    expect(response.status).toBe(404)
    expect(body).toEqual({
      type: 'about:blank',
      title: 'Not found',
      status: 404,
      detail: `There is nothing at /api/${'x'.repeat(95)}.`,
    })
  })

  it('is a method other than GET and HEAD, at a path that has a route', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
      const { response, body } = await problemAt(startApp(), '/api/presets', { method })
      expect([response.status, header(response, 'Allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
      expect(body).toMatchObject({
        title: 'Method not allowed',
        detail: '/api/presets can be read with GET and HEAD.',
      })
      expect((await problemAt(startApp(), '/api/nothing', { method })).response.status).toBe(404)
    }
  })

  it('is a URL of more than 8,192 characters', async () => {
    const url = (characters: number) => `/api/presets?${'x'.repeat(characters - `${origin}/api/presets?`.length)}`
    expect((await startApp().get(url(8192))).status).toBe(200)
    const { response, body } = await problemAt(startApp(), url(8193))
    expect(response.status).toBe(414)
    expect(body).toMatchObject({
      title: 'The URL is too long',
      detail: 'The URL has 8193 characters; at most 8192 are read.',
    })
  })

  it('is told without a word of the cause where the fault is ours, and logged with it', async () => {
    const logged = vi.spyOn(console, 'error').mockReturnValue()
    vi.spyOn(crypto.subtle, 'digest').mockRejectedValueOnce(new Error('secret'))
    const { response, body } = await problemAt(startApp(), path)
    expect([response.status, body]).toEqual([
      500,
      {
        type: 'about:blank',
        title: 'Internal error',
        status: 500,
        detail: 'This is a fault of the server, not of the request.',
      },
    ])
    expect(JSON.parse(logged.mock.calls[0]![0] as string)).toMatchObject({
      event: 'fault',
      name: 'Error',
      message: 'secret',
      stack: expect.stringContaining('problems.test.ts'),
    })
    expect(logged).toHaveBeenCalledOnce()
    logged.mockClear()
    await problemAt(startApp(), '/api/nothing')
    await problemAt(startApp({ trainings: 'off' }), path)
    expect(logged).not.toHaveBeenCalled()
    logged.mockRestore()
  })
})

describe('a training that may not begin', () => {
  it('is refused while the operator has turned new ones off; what is cached is served', async () => {
    const before = startApp()
    const answer = await (await before.get(path)).text()
    await before.settled()
    const app = startApp({ trainings: 'off', kept: before.kept })
    expect(await (await app.get(path)).text()).toBe(answer)
    const { response, body } = await problemAt(app, `${path}&seed=2`)
    expect([response.status, header(response, 'Retry-After')]).toEqual([503, '600'])
    expect(body).toMatchObject({
      title: 'New experiments are turned off for now',
      detail: 'Everything that was trained before is still served. Try again in 600 seconds.',
    })
    expect(app.counted).toEqual([])
  })

  it('is refused to an address that asks for too many new ones, and to no other', async () => {
    let left = 1
    const app = startApp({ trainings: 'limited', isWithinRate: () => left-- > 0 })
    const from = (address: string) => ({ headers: { 'CF-Connecting-IP': address } })
    expect((await app.get(path, from('2001:db8::1'))).status).toBe(200)
    expect((await app.get(path, from('2001:db8::1'))).status).toBe(200)
    expect(app.counted).toHaveLength(1)
    // A portion of work is let in at once: this one asks for more than that.
    const { response, body } = await problemAt(app, `${large}&seed=2`, from('2001:db8::2'))
    expect([response.status, header(response, 'Retry-After')]).toEqual([429, '60'])
    expect(body).toMatchObject({ title: 'Too many new experiments from one address' })
    left = 1
    expect((await app.get(`${large}&seed=2`, from('2001:db8:0:1::1'))).status).toBe(200)
    expect([app.counted[0] === app.counted[1], app.counted[1] === app.counted[2]]).toEqual([true, false])
  })

  it('is not counted where the operator sets no limit', async () => {
    const app = startApp({ trainings: 'unlimited', isWithinRate: () => false })
    expect([(await app.get(path)).status, app.counted]).toEqual([200, []])
  })

  it('is counted once, however many ask for it at the same time', async () => {
    const app = startApp({ trainings: 'limited' })
    const long = '/api/experiments?seeds=20&histories=0'
    const answers = await Promise.all(
      [1, 2, 3, 4].map(async (visitor) => {
        // One after the other, while the first trains.
        await new Promise((resolve) => setTimeout(resolve, 10 * visitor))
        return app.get(long, { headers: { 'CF-Connecting-IP': `192.0.2.${visitor}` } })
      }),
    )
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(app.counted).toHaveLength(1)
  })
})

it('pages of every origin may read everything, and know which headers', async () => {
  const app = startApp()
  const preflight = await app.get('/api/experiments', {
    method: 'OPTIONS',
    headers: { Origin: 'https://example.com', 'Access-Control-Request-Method': 'GET' },
  })
  expect([preflight.status, header(preflight, 'Access-Control-Allow-Methods')]).toEqual([204, 'GET,HEAD'])
  for (const url of ['/api/presets', '/api/nothing']) {
    const response = await app.get(url, { headers: { Origin: 'https://example.com' } })
    expect(header(response, 'Access-Control-Allow-Origin')).toBe('*')
    expect(header(response, 'Access-Control-Expose-Headers')).toBe(
      'ETag,Cache-Status,Content-Disposition,Retry-After,Accept-Ranges,Content-Length,Content-Range',
    )
  }
})

it('every answer of data carries the security headers that its document names', async () => {
  const { get } = startApp()
  for (const url of ['/api/presets', '/api/nothing', '/charts/dataset.svg?examples=20']) {
    const response = await get(url)
    expect(header(response, 'X-Content-Type-Options')).toBe('nosniff')
    expect(header(response, 'Content-Security-Policy')).toMatch(/default-src 'none'.*style-src 'sha256-/)
  }
})

it.each(documentation.map((route) => route.path))('%s/ leads to the route without the slash', async (route) => {
  const { get } = startApp()
  for (const method of ['GET', 'HEAD']) {
    const response = await get(`${route}/?batchSize=4&pin=seeds%3D3`, { method })
    expect([response.status, header(response, 'Location')]).toEqual([308, `${route}?batchSize=4&pin=seeds%3D3`])
    expect(header(response, 'Access-Control-Allow-Origin')).toBe('*')
  }
  expect((await get(`${route}/`, { method: 'POST' })).status).toBe(404)
})

it('a slash leads nowhere else: not from what is no route, not to another host', async () => {
  const { get } = startApp()
  for (const lost of ['/api/nothing/', '/api/experiments//', '//elsewhere.example/', '/'])
    expect([lost, (await get(lost)).status]).toEqual([lost, 404])
})

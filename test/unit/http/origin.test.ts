/** Which scheme links have, and that an answer to a plain request gives nobody else plain links. */
import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'

import { isLocalHost } from '#security/local-host.ts'

import { originOf } from '../../../worker/http/origin.ts'
import { startApp } from '../../support/app.ts'

describe('links', () => {
  it.each([
    ['http://lesson.example/x', 'https://lesson.example'],
    ['https://lesson.example/x', 'https://lesson.example'],
    ['http://lesson.example:8080/x', 'https://lesson.example:8080'],
    ['http://minibatch.someone.workers.dev/', 'https://minibatch.someone.workers.dev'],
    ['http://203.0.113.5/', 'https://203.0.113.5'],
    ['http://localhost:8787/x', 'http://localhost:8787'],
    ['http://127.0.0.1:8787/', 'http://127.0.0.1:8787'],
    ['http://[::1]:8787/', 'http://[::1]:8787'],
    ['http://192.168.1.20:8787/', 'http://192.168.1.20:8787'],
    ['http://raspberrypi:8787/', 'http://raspberrypi:8787'],
    ['https://localhost/', 'https://localhost'],
  ])('of an answer at %s begin with %s', async (url, origin) => {
    const app = new Hono().get('*', (c) => c.text(originOf(c)))
    expect(await (await app.fetch(new Request(url))).text()).toBe(origin)
  })

  it.each(['/oembed?url=/playground', '/api/openapi.json', '/charts/map.svg?epochs=3&batchSize=4,8'])(
    'of %s are never plain where the host is not local',
    async (path) => {
      const { get } = startApp()
      const [plain, secure] = [
        await (await get(`http://lesson.example${path}`)).text(),
        await (await get(`https://lesson.example${path}`)).text(),
      ]
      expect(plain).toContain('https://lesson.example')
      expect(plain).not.toContain('http://lesson.example')
      expect(plain).toBe(secure)
    },
  )
})

describe('a host', () => {
  it.each([
    'localhost',
    'a.localhost',
    'pi.local',
    'x.test',
    'lesson',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.9.9',
    '192.168.0.1',
    '169.254.1.1',
    '127.9.9.9',
    '0.0.0.0',
    '[::]',
    '[::1]',
    '[fd00::1]',
    '[fe80::1]',
    'localhost.',
  ])('%s is local', (host) => expect(isLocalHost(host)).toBe(true))
  it.each([
    'lesson.example',
    'local.example',
    '172.32.0.1',
    '11.0.0.1',
    '192.169.0.1',
    '[2001:db8::1]',
    'test.example',
    '10.example',
    '127.0.0.1.example',
  ])('%s is not', (host) => expect(isLocalHost(host)).toBe(false))
})

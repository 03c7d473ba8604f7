/** How long pages and files may be kept: what the Worker fills, and what the platform serves. */
import { globSync } from 'node:fs'

import { beforeAll, describe, expect, inject, it } from 'vitest'

const served = inject('served')
const page = 'public, max-age=0, must-revalidate'
const edge = 'public, max-age=300'

const read = (path: string, init: RequestInit = {}) => fetch(served + path, { redirect: 'manual', ...init })
const keepOf = ({ status, headers }: Response) => ({
  status,
  keep: headers.get('Cache-Control'),
  edge: headers.get('Cloudflare-CDN-Cache-Control'),
  host: /\bHost\b/.test(headers.get('Vary') ?? ''),
})

let html: string[]
beforeAll(() => {
  html = globSync('**/*.html', { cwd: 'site/dist' }).map((file) => `/${file.replace(/(^|\/)index\.html$|\.html$/, '')}`)
})

describe('a page', () => {
  it.each(['/playground?epochs=9', '/embed?epochs=9', '/api'])(
    '%s is asked for each time, but of the edge, which begins anew with a deployment; 304 says the same',
    async (path) => {
      const response = await read(path)
      expect(keepOf(response)).toEqual({ status: 200, keep: page, edge, host: true })
      const known = response.headers.get('ETag')!
      const [head, same] = [
        await read(path, { method: 'HEAD' }),
        await read(path, { headers: { 'If-None-Match': known } }),
      ]
      expect(keepOf(head)).toEqual({ status: 200, keep: page, edge, host: true })
      expect(keepOf(same)).toEqual({ status: 304, keep: page, edge, host: true })
    },
  )

  it('of the site’s files is asked for each time, and has an ETag to ask with', async () => {
    expect(html.length).toBeGreaterThan(10)
    for (const path of html.filter((file) => !/^\/(playground|embed|api|404)$/.test(file))) {
      const response = await read(path)
      expect([path, keepOf(response)]).toEqual([path, { status: 200, keep: page, edge: null, host: false }])
      expect((await read(path, { headers: { 'If-None-Match': response.headers.get('ETag')! } })).status).toBe(304)
    }
  })

  it.each(['/playground?epochs=0', '/embed?epochs=0'])(
    '%s, which says what is wrong, is kept by nobody',
    async (path) => {
      expect(keepOf(await read(path))).toMatchObject({ status: 422, keep: 'no-store', edge: null })
    },
  )

  it('of a form’s answer is a redirect that nobody keeps', async () => {
    expect(keepOf(await read('/playground?from=&epochs=9'))).toMatchObject({ status: 302, keep: 'no-store' })
  })

  it('for those who are lost has status 404 by its name, too', async () => {
    for (const method of ['GET', 'HEAD']) {
      const response = await read('/404', { method })
      expect(keepOf(response)).toEqual({ status: 404, keep: 'no-store', edge: null, host: false })
      expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8')
    }
    expect(await (await read('/404')).text()).toContain('There is no such page')
    expect((await read('/no/such/page')).status).toBe(404)
  })
})

describe('a file', () => {
  it('with a hash in its name is kept for a year; every file of that folder has one', async () => {
    const files = globSync('*', { cwd: 'site/dist/_astro' })
    expect(files.length).toBeGreaterThan(10)
    for (const file of files) {
      expect(file).toMatch(/[.-][\w-]{8}\.(js|css|wasm|woff2|bin)$/)
      expect([file, keepOf(await read(`/_astro/${file}`))]).toEqual([
        file,
        { status: 200, keep: 'public, max-age=31536000, immutable', edge: null, host: false },
      ])
    }
  })

  it('that the build has dropped is not kept as missing', async () => {
    const { status, headers } = await read('/_astro/dropped.BICAwQSK.js')
    expect(status).toBe(404)
    expect(headers.get('Cache-Control') ?? '').not.toContain('immutable')
  })

  it.each(['/favicon.svg', '/charts.css', '/sitemap.xml', '/cards/tutorial.png'])(
    '%s without a hash is asked for each time',
    async (path) => {
      expect(keepOf(await read(path))).toEqual({ status: 200, keep: page, edge: null, host: false })
    },
  )
})

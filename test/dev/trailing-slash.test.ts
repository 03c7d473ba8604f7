/** Addresses with a trailing slash, as people and programs write them: of pages and of every documented route. */
import { expect, inject, it } from 'vitest'

const served = inject('served')

it('leads to the address without it, with the query, in one step', async () => {
  const { paths } = (await (await fetch(`${served}/api/openapi.json`)).json()) as { paths: Record<string, unknown> }
  for (const path of [...Object.keys(paths), '/about', '/reports'])
    for (const method of ['GET', 'HEAD']) {
      const { status, headers } = await fetch(`${served}${path}/?epochs=3`, { method, redirect: 'manual' })
      expect([method, path, [307, 308].includes(status)]).toEqual([method, path, true])
      expect(headers.get('Location')).toBe(`${path}?epochs=3`)
    }
}, 60_000)

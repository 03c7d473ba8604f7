import { exports } from 'cloudflare:workers'
import { expect, it } from 'vitest'

import { ExperimentResult } from '#experiment/result/result.ts'

const get = (path: string, init?: RequestInit) =>
  exports.default.fetch(new Request(`http://minibatch.test${path}`, init))

it('/api/experiments.csv is a file with the numbers that the JSON has', async () => {
  const query = 'epochs=4&seeds=3&seed=700&histories=3'
  const response = await get(`/api/experiments.csv?${query.replace('&histories=3', '')}`)
  const { digest, runs } = ExperimentResult.parse(await (await get(`/api/experiments?${query}`)).json())
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': `attachment; filename="minibatch-${digest.slice(0, 16)}.csv"`,
    'cache-status': 'minibatch; fwd=miss',
    etag: expect.stringContaining(digest),
  })
  const [header, ...rows] = (await response.text()).trimEnd().split('\r\n')
  const cells = rows.map((row) => row.split(',').map(Number))
  expect(cells).toEqual(
    runs.flatMap(({ seed, history }) =>
      Array.from({ length: 4 }, (_, epoch) => [
        seed,
        epoch + 1,
        ...header!
          .split(',')
          .slice(2)
          .map((metric) => history?.[metric as keyof typeof history][epoch]),
      ]),
    ),
  )
  const head = await get(`/api/experiments.csv?${query.replace('&histories=3', '')}`, { method: 'HEAD' })
  expect(head.headers.get('Content-Disposition')).toBe(response.headers.get('Content-Disposition'))
})

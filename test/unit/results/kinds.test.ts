/**
 * What is stored under the name of a kind is what its version gives: stored values outlive a release. Where a value changes,
 * the version in the kind's name must be raised; `GOLDEN=write` then adds the new names, and changes no old one.
 */
import { readFileSync, writeFileSync } from 'node:fs'

import { expect, it } from 'vitest'

import type { Boundary } from '#experiment/result/boundary.ts'
import { sha256 } from '#experiment/sha256.ts'
import { gunzip } from '#results/gzip.ts'

import { startApp } from '../../support/app.ts'

const file = 'test/golden/stored-kinds.json'
const routes = ['boundary', 'gradient-noise', 'generalization']
const queries = [
  'batchSize=4',
  'dataset=moons&hiddenUnits=8-4&activation=tanh&optimizer=adam&learningRate=0.003',
  'dataset=circles&classes=2&batchSize=16&averaging=ema&weightDecay=0.01&activation=sigmoid',
]

/** The JSON that the product stores for each route and query, by its key. */
async function stored(): Promise<Record<string, string>> {
  const app = startApp()
  for (const route of routes)
    for (const query of queries) expect((await app.get(`/api/${route}?${query}`)).status).toBe(200)
  await app.settled()
  const values: Record<string, string> = {}
  for (const [key, { value }] of app.kept)
    // The numbers of experiments have no name before their digest; fingerprints.json holds them.
    if (key.includes('-')) values[key] = new TextDecoder().decode(await gunzip(new Uint8Array(value)))
  return values
}

const hashOf = (json: string) => sha256(new TextEncoder().encode(json))

it('is the golden value of each kind’s version', async () => {
  const golden = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
  const found = await stored()
  expect(Object.keys(found)).toHaveLength(routes.length * queries.length)
  for (const route of routes)
    expect(Object.keys(found).filter((key) => new RegExp(`^${route}-\\d+-[0-9a-f]{64}$`).test(key))).toHaveLength(3)
  for (const [key, json] of Object.entries(found)) {
    const hash = await hashOf(json)
    if (process.env['GOLDEN'] === 'write') golden[key] ??= hash
    expect([key, golden[key]]).toEqual([key, hash])
  }
  if (process.env['GOLDEN'] === 'write') writeFileSync(file, `${JSON.stringify(golden, undefined, 2)}\n`)
})

it('version 2 of a boundary is version 1 with confidences', async () => {
  const golden = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
  const boundaries = Object.entries(await stored()).filter(([key]) => key.startsWith('boundary-2-'))
  expect(boundaries).toHaveLength(queries.length)
  for (const [key, json] of boundaries) {
    const { confidences, ...rest } = JSON.parse(json) as Boundary
    expect(confidences).toHaveLength(rest.columns * rest.rows)
    expect(await hashOf(JSON.stringify(rest))).toBe(golden[key.replace('boundary-2', 'boundary-1')])
  }
})

import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'

import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'

import { engines } from '#experiment/spec/engine.ts'

import { resultOf as trueResultOf } from '../../support/trained.ts'

const query = 'batchSize=256&epochs=5&seeds=2'
const { runs, fingerprint } = await trueResultOf(query)
/** Where a build would run, with a file of its own. */
const root = mkdtempSync(join(tmpdir(), 'minibatch-'))
const repository = process.cwd()

// The threads of trainings are files of the repository, and begin with the first training.
async function resultWith(engine: string, values: object): Promise<{ fingerprint: string; sharpness: number }> {
  const { resultFor, specOf } = await import('../../../site/src/build/values/experiments.ts')
  const { measured } = await import('../../../site/src/build/results.ts')
  mkdirSync(join(root, 'site/src/build'), { recursive: true })
  writeFileSync(join(root, 'site/src/build/kept-results.br'), brotliCompressSync(JSON.stringify({ engine, values })))
  process.chdir(root)
  const { fingerprint: found } = await resultFor(query)
  return { fingerprint: found, sharpness: await measured('sharpness', specOf('epochs=2'), 1) }
}

beforeEach(() => {
  process.chdir(repository)
  vi.resetModules()
})
afterAll(() => process.chdir(repository))

describe('a build', () => {
  const version = engines.fused.version
  const others = { 'sharpness 1 epochs=2': 7 }

  it('uses what is kept', async () => {
    const kept = { [`runs ${query}`]: { fingerprint: 'as kept', runs }, ...others }
    expect(await resultWith(version, kept)).toEqual({ fingerprint: 'as kept', sharpness: 7 })
  })

  it('trains what is not kept', async () => {
    expect(await resultWith(version, others)).toEqual({ fingerprint, sharpness: 7 })
  })

  it('trains everything where a run comes out differently than it is kept, or of another engine', async () => {
    const [first, second] = runs
    const changed = [{ ...first!, instability: 0.5 }, second]
    const kept = { [`runs ${query}`]: { fingerprint: 'as kept', runs: changed }, ...others }
    expect(await resultWith(version, kept)).toEqual({ fingerprint, sharpness: expect.not.closeTo(7, 3) })

    vi.resetModules()
    process.chdir(repository)
    const older = { [`runs ${query}`]: { fingerprint: 'as kept', runs }, ...others }
    expect(await resultWith('fused-0', older)).toEqual({ fingerprint, sharpness: expect.not.closeTo(7, 3) })
  })
})

/** A deployment with another version of an engine, while what the version before it made is still about. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { startApp } from '../../support/app.ts'

const path = '/api/experiments?epochs=2'
const bump = '-next'

beforeEach(() => void vi.resetModules())
afterEach(() => {
  vi.doUnmock('#experiment/spec/engine.ts')
  vi.restoreAllMocks()
})

/** The application with each engine's version changed, on what earlier deployments kept. */
async function nextDeployment(kept: ReturnType<typeof startApp>['kept']) {
  vi.doMock('#experiment/spec/engine.ts', async (importOriginal) => {
    const original = await importOriginal<typeof import('#experiment/spec/engine.ts')>()
    const { fused, layers } = original.engines
    const engines = {
      fused: { ...fused, version: fused.version + bump },
      layers: { ...layers, version: layers.version + bump },
    }
    return { ...original, engines }
  })
  const { startApp: start } = await import('../../support/app.ts')
  return start({ kept, deployment: 'd2' })
}

interface Body {
  digest: string
  fingerprint: string
  engine: { version: string }
}
const statusOf = (response: Response) => response.headers.get('Cache-Status')

it('never serves what the version before it stored, and keeps its own beside it', async () => {
  const before = startApp()
  const old = (await (await before.get(path)).json()) as Body
  await before.settled()
  expect(before.kept.size).toBe(1)

  const after = await nextDeployment(before.kept)
  const response = await after.get(path)
  const body = (await response.json()) as Body
  expect(statusOf(response)).toBe('minibatch; fwd=miss')
  expect(body.engine.version).toBe(old.engine.version + bump)
  expect(body.digest).not.toBe(old.digest)
  await after.settled()
  expect([...before.kept.keys()].toSorted()).toEqual([old.digest, body.digest].toSorted())
})

it('does not believe a store that gives it the old numbers under the new name', async () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue()
  const before = startApp()
  const old = (await (await before.get(path)).json()) as Body
  await before.settled()
  const probe = await nextDeployment(new Map())
  const { digest } = (await (await probe.get(path)).json()) as Body

  const kept = new Map([[digest, before.kept.get(old.digest)!]])
  vi.resetModules()
  const after = await nextDeployment(kept)
  expect(statusOf(await after.get(path))).toBe('minibatch; fwd=miss')
  expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('belongs to another experiment'))
})

it('answers a copy of the version before it with a new one, and not with 304', async () => {
  const before = startApp()
  const etag = (await before.get(path)).headers.get('ETag')!
  expect((await before.get(path, { headers: { 'If-None-Match': etag } })).status).toBe(304)
  const after = await nextDeployment(before.kept)
  expect((await after.get(path, { headers: { 'If-None-Match': etag } })).status).toBe(200)
})

it('says of an old link that another version made it, whatever the fingerprint', async () => {
  const before = startApp()
  const old = (await (await before.get(path)).json()) as Body
  const after = await nextDeployment(before.kept)
  const now = (await (await after.get(path)).json()) as Body & { engine: { name: 'fused' } }
  const { fingerprintCheckInWords: keepsPromise } = await import('#playground-view/link-promise.ts')
  const { readAddress } = await import('#playground-view/address.ts')
  const link = new URLSearchParams(`epochs=2&expect=${old.fingerprint.slice(0, 16)}&v=${old.engine.version}`)
  const { promised } = readAddress(link)
  expect(promised).toBeDefined()
  expect(keepsPromise(now, promised!)).toBe(
    `The link was made with engine ${old.engine.version}; this is ${now.engine.version}, so the numbers may differ.`,
  )
})

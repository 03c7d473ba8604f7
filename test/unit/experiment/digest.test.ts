import { afterEach, describe, expect, it, vi } from 'vitest'

import { sha256 } from '#experiment/sha256.ts'
import { readSpec } from '#experiment/spec/permalink.ts'

import golden from '../../golden/digests.json' with { type: 'json' }

const digestsBy = async ({ digest }: typeof import('#experiment/spec/digest.ts'), read: typeof readSpec) =>
  Object.fromEntries(
    await Promise.all(
      Object.keys(golden).map(async (query) => [
        query,
        await digest(read(new URLSearchParams(query), {}, 'refuse').spec),
      ]),
    ),
  ) as Record<string, string>

describe('a digest', () => {
  afterEach(() => {
    vi.doUnmock('#experiment/spec/spec.ts')
    vi.doUnmock('#experiment/spec/canonical-spec.ts')
    vi.resetModules()
  })

  it('is the one that was published, for ten experiments', async () => {
    expect(await digestsBy(await import('#experiment/spec/digest.ts'), readSpec)).toEqual(golden)
  })

  it('is SHA-256 of the engine version and the permalink’s query, which anyone can compute', async () => {
    const identity = 'fused-1?batchSize=1&learningRate=0.001'
    expect(golden['batchSize=1&learningRate=0.001']).toBe(await sha256(new TextEncoder().encode(identity)))
  })

  it('stays as it is when the spec gains a field with a default', async () => {
    vi.resetModules()
    vi.doMock('#experiment/spec/canonical-spec.ts', async (original) => {
      const rules = await original<typeof import('#experiment/spec/canonical-spec.ts')>()
      return {
        ...rules,
        defaultSpec: (given: object) => ({ ...rules.defaultSpec(given), aheadOfAll: 4 }),
        canonicalSpec: (given: object) => ({ aheadOfAll: 4, ...rules.canonicalSpec(given) }),
      }
    })
    vi.doMock('#experiment/spec/spec.ts', async (original) => {
      const { wholeField } = await import('#experiment/spec/fields.ts')
      const spec = await original<typeof import('#experiment/spec/spec.ts')>()
      return { ...spec, specFields: { ...spec.specFields, aheadOfAll: wholeField('ahead of all', 0, 9) } }
    })
    const { readSpec: read, specQuery } = await import('#experiment/spec/permalink.ts')
    const { digest } = await import('#experiment/spec/digest.ts')
    expect(await digestsBy({ digest }, read)).toEqual(golden)
    const changed = read(new URLSearchParams('aheadOfAll=5'), {}, 'refuse').spec
    expect(String(specQuery(changed))).toBe('aheadOfAll=5')
    expect(await digest(changed)).not.toBe(golden[''])
  })
})

/** What is installed: why, by which license, and what of it may run while it is installed. */
import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { allowScripts, dependencies, devDependencies } from '../../package.json'
import { licensesOf, type Locked } from '../support/licenses.ts'

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  packages: Record<string, Locked & { hasInstallScript?: boolean; resolved?: string; integrity?: string }>
}
const direct = Object.keys({ ...dependencies, ...devDependencies })

describe('a dependency', () => {
  it('has one line in docs/dependencies.md that says what it is for, and no line is left of one that has gone', () => {
    const text = readFileSync('docs/dependencies.md', 'utf8')
    const lines = [...text.matchAll(/^\| `([^`]+)` +\| (.+?) +\|$/gm)].map(([, name, reason]) => ({ name, reason }))
    for (const line of lines) expect(line).toMatchObject({ reason: expect.stringMatching(/\w+ \w+/) })
    const named = lines.map(({ name }) => name!)
    expect(named.toSorted()).toEqual(direct.toSorted())
  })

  it('is pinned to one version', () => {
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies }))
      expect([name, version]).toEqual([name, expect.stringMatching(/^\d+\.\d+\.\d+(-[\w.]+)?$/)])
  })

  it('that wrangler brings, too, is there once: tests drive what deploys', () => {
    for (const name of ['miniflare', 'workerd'] as const) {
      const copies = Object.entries(packages).filter(([path]) => path.endsWith(`node_modules/${name}`))
      expect(copies.map(([, { version }]) => version)).toEqual([devDependencies[name]])
    }
  })

  it('comes from the registry, with its hash', () => {
    for (const [path, { resolved, integrity }] of Object.entries(packages)) {
      if (path === '') continue
      // Where nothing stands, npm takes it from its registry.
      if (resolved !== undefined)
        expect([path, resolved]).toEqual([path, expect.stringMatching(/^https:\/\/registry\.npmjs\.org\//)])
      expect([path, integrity]).toEqual([path, expect.stringMatching(/^sha512-/)])
    }
  })

  it('runs nothing while it is installed, unless package.json says whether it may', () => {
    const scripted = Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript)
    const names = scripted.map(([path]) => path.replace(/^.*node_modules\//, ''))
    expect([...new Set(names)].toSorted()).toEqual(Object.keys(allowScripts).toSorted())
    const allowed = Object.entries(allowScripts).filter(([, isAllowed]) => isAllowed)
    expect(allowed.map(([name]) => name)).toEqual(['esbuild', 'node', 'workerd'])
  })
})

describe('npm run licenses', () => {
  it('knows every kind of license there is', () => {
    expect(licensesOf(packages).filter(({ isKnown }) => !isKnown)).toEqual([])
  })

  it('does not know a new kind, one that is not named, or one of a tool in what is shipped', () => {
    const planted = (license: string | undefined, dev: boolean) =>
      licensesOf({
        '': {},
        'node_modules/a/node_modules/@b/c': { version: '1.0.0', ...(license ? { license } : {}), dev },
      })
    expect(planted('AGPL-3.0-only', true)).toMatchObject([{ packages: ['@b/c@1.0.0'], isKnown: false }])
    expect(planted(undefined, false)).toMatchObject([{ license: 'none named', isKnown: false }])
    expect(planted('LGPL-3.0-or-later', true)).toMatchObject([{ isKnown: true }])
    expect(planted('LGPL-3.0-or-later', false)).toMatchObject([{ isShipped: true, isKnown: false }])
  })
})

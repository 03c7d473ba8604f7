import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { specFields } from '#experiment/spec.ts'

import { scripts } from '../../package.json'

const documents = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md', 'worker/deployment/OPERATIONS.md']

it('README names every setting', () => {
  const [, named = ''] = /The query names the settings: `([^`]+)`/.exec(readFileSync('README.md', 'utf8')) ?? []
  expect(named.split(/\s+/)).toEqual(Object.keys(specFields))
})

it('CONTRIBUTING has a row for each command that people run', () => {
  const text = readFileSync('CONTRIBUTING.md', 'utf8')
  const rows = Array.from(text.matchAll(/^\| `npm (?:run )?([a-z:-]+)`/gm), ([, name]) => name!)
  // Those that other commands run.
  const parts = /^(build|check:types|check:address|types)/
  expect(rows.toSorted()).toEqual(
    Object.keys(scripts)
      .filter((name) => !parts.test(name))
      .toSorted(),
  )
})

describe.each(documents)('%s', (document) => {
  const text = readFileSync(document, 'utf8')

  it('links to files that are there', () => {
    const links = Array.from(text.matchAll(/\]\((?!https?:|#)([^)#]+)/g), ([, path]) => path!)
    expect(links.filter((path) => !existsSync(join(dirname(document), path)))).toEqual([])
  })

  it('names commands that are there', () => {
    const named = Array.from(text.matchAll(/npm run ([a-z:]*[a-z])/g), ([, name]) => name!)
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([])
  })
})

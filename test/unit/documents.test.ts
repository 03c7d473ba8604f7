import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { specFields } from '#experiment/spec/spec.ts'

import { scripts } from '../../package.json'

const documents = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md', 'worker/deployment/OPERATIONS.md']

it('README names every setting', () => {
  const [, named = ''] = /The query names the settings: `([^`]+)`/.exec(readFileSync('README.md', 'utf8')) ?? []
  expect(named.split(/\s+/)).toEqual(Object.keys(specFields))
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

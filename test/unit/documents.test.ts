/** Documents: their links, anchors, commands and paths lead somewhere, and the recipes name every file that they need. */
import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { specFields } from '#experiment/spec/spec.ts'

import { engines, scripts } from '../../package.json'
import { productFiles } from '../recipes/recipe.ts'
import { recipes } from '../recipes/recipes.ts'

const documents = [...globSync(['*.md', 'docs/*.md', '.github/**/*.md']), 'worker/deployment/OPERATIONS.md']

/** The anchor that GitHub gives a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, '')
    .replaceAll(' ', '-')

const anchorsOf = (file: string) =>
  Array.from(readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm), ([, heading]) => anchorOf(heading!))

/** What a text has in single backticks that reads as a path of the repository. */
const pathsOf = (text: string) =>
  Array.from(text.matchAll(/`((?:worker|site|test|docs|\.github)\/[^`\s]*)`/g), ([, path]) => path!)

it('are all there is', () => {
  expect(documents).toEqual(expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'docs/decisions.md']))
})

it('README names every setting', () => {
  const [, named = ''] = /The query names the settings: `([^`]+)`/.exec(readFileSync('README.md', 'utf8')) ?? []
  expect(named.split(/\s+/)).toEqual(Object.keys(specFields))
})

it('README begins with how to start it, and then how to test it', () => {
  const blocks = Array.from(
    readFileSync('README.md', 'utf8').matchAll(/^```sh\n([\s\S]*?)^```/gm),
    ([, lines]) => lines,
  )
  expect(blocks.slice(0, 2)).toEqual(['npm ci && npm start\n', 'npm ci && npm test\n'])
})

it('README has a picture of the playground of at most 150 kB', () => {
  expect(readFileSync('README.md', 'utf8')).toMatch(/!\[[^\]]{20,}\]\(docs\/playground\.png\)/)
  expect(statSync('docs/playground.png').size).toBeLessThanOrEqual(150_000)
})

it('README lists every folder of the Worker and of the site', () => {
  const [, table = ''] = readFileSync('README.md', 'utf8').split('\n## Folders\n')
  const listed = pathsOf(table).flatMap((path) => globSync(path))
  // The pages, their frame and their styles are one row.
  const folders = globSync(['worker/*/', 'site/src/*/']).map((path) => path.replace(/\/$/, ''))
  const isListed = (folder: string) => listed.some((path) => path === folder || path.startsWith(`${folder}/`))
  expect(folders.length).toBeGreaterThan(12)
  expect(folders.filter((folder) => !isListed(folder) && !listed.includes(`${folder}/`))).toEqual([])
})

describe.each(documents)('%s', (document) => {
  const text = readFileSync(document, 'utf8')

  it('links to files and headings that are there', () => {
    const links = Array.from(text.matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g), ([, path, anchor]) => ({
      file: path ? join(dirname(document), path) : document,
      anchor,
    }))
    const broken = links.filter(
      ({ file, anchor }) => !existsSync(file) || (anchor !== undefined && !anchorsOf(file).includes(anchor)),
    )
    expect(broken).toEqual([])
  })

  it('names commands that are there', () => {
    const named = Array.from(text.matchAll(/npm run ([a-z:-]*[a-z])/g), ([, name]) => name!)
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([])
  })

  it('names files and folders that are there', () => {
    expect(pathsOf(text).filter((path) => globSync(path).length === 0)).toEqual([])
  })
})

it('the names of functions and fields in the documents are in the code', () => {
  const code = globSync(['{worker,site/src,test}/**/*.{ts,tsx,astro}', 'package.json'])
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')
  const words = new Set(code.match(/\w+/g))
  const named = ['CONTRIBUTING.md', 'docs/decisions.md', 'docs/benchmarks.md'].flatMap((document) =>
    Array.from(readFileSync(document, 'utf8').matchAll(/`([a-z]+[A-Z]\w*)`/g), ([, name]) => name!),
  )
  expect(named.length).toBeGreaterThan(5)
  expect(named.filter((name) => !words.has(name))).toEqual([])
})

describe.each(recipes)('the recipe of CONTRIBUTING.md, $title', (recipe) => {
  const [, section = ''] = readFileSync('CONTRIBUTING.md', 'utf8').split(`\n### ${recipe.title}\n`)
  const [text = ''] = section.split('\n#')

  it('names every file that the recipe touches, and the folder of every new one', () => {
    const named = recipe.edits
      .filter(({ file }) => file !== 'README.md')
      .map((edit) => ('create' in edit ? `\`${dirname(edit.file)}/\`` : `\`${edit.file}\``))
    expect(named.filter((name) => !text.includes(name))).toEqual([])
  })

  it('numbers as many steps as there are files of the product, and no more than are allowed', () => {
    const steps = text.match(/^\d+\. /gm) ?? []
    expect(steps).toHaveLength(productFiles(recipe).length)
    expect(steps.length).toBeLessThanOrEqual(recipe.most)
  })

  it('finds the places of its edits', () => {
    for (const edit of recipe.edits)
      if ('create' in edit) expect(existsSync(edit.file)).toBe(false)
      else
        for (const change of edit.changes) {
          const anchor = 'before' in change ? change.before : 'after' in change ? change.after : change.replace
          expect([edit.file, readFileSync(edit.file, 'utf8').split(anchor).length - 1]).toEqual([edit.file, 1])
        }
  })
})

it('CI runs what the documents say: the tests and the exhaustive tests, on the oldest Node and on the newest', () => {
  const workflow = readFileSync('.github/workflows/ci.yml', 'utf8')
  expect(workflow.match(/^ +- run: (.+)$/gm)?.map((line) => line.replace(/^ +- run: /, ''))).toEqual([
    'npm ci',
    'npm test',
    'npm ci',
    'npm run test:slow',
  ])
  const [, oldest] = /(\d+)/.exec(engines.node) ?? []
  expect(workflow.match(/node: \[.*\]/g)).toEqual(Array(2).fill(`node: ['${oldest}', 'latest']`))
})

it('docs/tests.md has every project of the tests, and no other', () => {
  const configured = readFileSync('test/vitest.config.ts', 'utf8').matchAll(/(?:\bname: |\bworkerd\()'([\w-]+)'/g)
  const table = readFileSync('docs/tests.md', 'utf8').matchAll(/^\| `([\w-]+)` /gm)
  const names = (found: Iterable<RegExpMatchArray>) => Array.from(found, ([, name]) => name!).toSorted()
  // The project `unit` has its name in a file that the mutation tester shares.
  expect(names(table)).toEqual([...names(configured), 'unit'].toSorted())
})

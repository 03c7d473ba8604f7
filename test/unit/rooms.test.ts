import { globSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'

import ts from 'typescript'
import { describe, expect, it } from 'vitest'

import { imports as aliases } from '../../package.json'

const worker = (...names: string[]) => names.map((name) => `worker/${name}`)
const client = (...names: string[]) => names.map((name) => `site/src/client/${name}`)

/** What all of the browser's code may use of the Worker's. */
const shared = worker('experiment', 'methods', 'charts', 'playground-view', 'datasets', 'training', 'training/fused')
const preact = /^preact(\/.*)?$/

/** The site: MDX components (`article`), what runs in Node when it is built (`build`), and in browsers (`client`). */
const site: { room: string; rooms: string[]; packages: RegExp }[] = [
  { room: 'site/src/styles', rooms: [], packages: /^$/ },
  { room: 'site/src/client/page', rooms: [], packages: /^$/ },
  { room: 'site/src/client/trainer', rooms: [...shared, ...client('page')], packages: /^$/ },
  { room: 'site/src/client/drawings', rooms: shared, packages: /^d3-contour$/ },
  {
    room: 'site/src/client/article',
    rooms: ['site/src/client', ...client('figure', 'figure-links', 'hero', 'scrub', 'valley')],
    packages: /^$/,
  },
  {
    room: 'site/src/client/playground',
    rooms: [...shared, 'site/src/client', 'site/src/programs', ...client('page', 'trainer', 'map', 'own-data')],
    packages: preact,
  },
  {
    room: 'site/src/client/map',
    rooms: [...shared, 'site/src/client', ...client('trainer', 'playground')],
    packages: preact,
  },
  {
    room: 'site/src/client/embed',
    rooms: [...shared, 'site/src/client', ...client('playground', 'trainer')],
    packages: preact,
  },
  {
    room: 'site/src/client/own-data',
    rooms: [...shared, 'site/src/client', ...client('logs', 'trainer')],
    packages: /^(papaparse|preact(\/.*)?)$/,
  },
  { room: 'site/src/client/logs', rooms: worker('experiment', 'charts'), packages: /^papaparse$/ },
  {
    room: 'site/src/client/diagnose',
    rooms: [...worker('charts', 'playground-view'), 'site/src/client', ...client('logs', 'playground')],
    packages: /^(papaparse|preact(\/.*)?)$/,
  },
  ...client('figure', 'hero', 'scrub', 'figure-links', 'own-run', 'valley').map((room) => ({
    room,
    rooms: [...shared, 'site/src/client', ...client('page', 'trainer', 'drawings')],
    packages: preact,
  })),
  { room: 'site/src/client', rooms: [...shared, ...client('page', 'trainer')], packages: /^$/ },
  {
    room: 'site/src/programs',
    rooms: worker('experiment', 'methods', 'datasets', 'charts', 'playground-view'),
    packages: /^$/,
  },
  {
    room: 'site/src/build',
    rooms: [...shared, ...worker('cards', 'deployment'), ...client('drawings'), 'site/src/programs'],
    packages: /^(astro|node:.*|preact|preact-render-to-string|tinypool|vite)$/,
  },
  {
    room: 'site/src/article',
    rooms: [
      ...shared,
      'site/src/build',
      'site/src/styles',
      ...client('article', 'drawings', 'figure', 'hero', 'logs', 'own-run', 'scrub', 'valley'),
    ],
    packages: /^(astro\/types|node:os|preact|preact-render-to-string|temml)$/,
  },
  {
    room: 'site',
    rooms: [
      ...shared,
      ...worker('cards', 'deployment', 'security'),
      'site/src/article',
      'site/src/build',
      'site/src/programs',
      'site/src/styles',
      ...client('article', 'diagnose', 'embed', 'figure', 'logs', 'page', 'playground', 'trainer'),
    ],
    packages: /^(astro(\/.*|:.*)?|@astrojs\/mdx|preact|preact-render-to-string|sharp|virtual:colors\.css|node:.*)$/,
  },
]

/**
 * Who may import whom. A room may import itself, the rooms named here, and the packages named here.
 * Deeper rooms come first: the first that a file lies in is its room.
 */
const rooms: { room: string; rooms: string[]; packages: RegExp }[] = [
  { room: 'worker/methods', rooms: [], packages: /^$/ },
  { room: 'worker/experiment', rooms: ['worker/methods'], packages: /^zod\/mini$/ },
  { room: 'worker/datasets', rooms: ['worker/experiment', 'worker/methods'], packages: /^node:fs$/ },
  {
    room: 'worker/charts',
    rooms: ['worker/experiment', 'worker/methods'],
    packages: /^(d3-(array|contour)|preact(\/.*)?)$/,
  },
  {
    room: 'worker/playground-view',
    rooms: ['worker/charts', 'worker/datasets', 'worker/experiment', 'worker/methods'],
    packages: /^preact(\/.*)?$/,
  },
  {
    room: 'worker/cards',
    rooms: ['worker/charts', 'worker/experiment', 'dist/letters.json'],
    packages: /^(preact|preact-render-to-string|@resvg\/resvg-wasm(\/.*)?|opentype\.js|node:fs(\/promises)?)$/,
  },
  {
    room: 'worker/training/tensorflow',
    rooms: [],
    packages: /^(@tensorflow\/tfjs(-core|-layers|-backend-wasm)?(\/.*)?|node:fs)$/,
  },
  {
    room: 'worker/training/layers',
    rooms: ['worker/training', 'worker/training/tensorflow', 'worker/datasets', 'worker/experiment', 'worker/methods'],
    packages: /^@tensorflow\/tfjs-(core|layers)$/,
  },
  { room: 'worker/training/fused/kernel', rooms: [], packages: /^$/ },
  {
    room: 'worker/training/fused',
    rooms: [
      'worker/training',
      'worker/training/tensorflow',
      'worker/datasets',
      'worker/experiment',
      'worker/methods',
      'dist/kernel.wasm',
    ],
    packages: /^node:fs$/,
  },
  {
    room: 'worker/training',
    rooms: [
      'worker/training/layers',
      'worker/training/fused',
      'worker/datasets',
      'worker/experiment',
      'worker/methods',
    ],
    packages: /^$/,
  },
  { room: 'worker/security', rooms: [], packages: /^$/ },
  {
    room: 'worker/deployment',
    rooms: ['worker/security'],
    packages: /^(node:(child_process|fs|readline|util)|wrangler)$/,
  },
  { room: 'worker/results', rooms: ['worker/training', 'worker/experiment'], packages: /^$/ },
  {
    room: 'worker/http',
    rooms: [
      'worker/results',
      'worker/security',
      'worker/training',
      'worker/cards',
      'worker/charts',
      'worker/playground-view',
      'worker/datasets',
      'worker/experiment',
      'package.json',
    ],
    packages: /^(hono(\/.*)?|preact-render-to-string|zod\/mini)$/,
  },
  { room: 'worker', rooms: ['worker/http'], packages: /^$/ },
  ...site,
]

const roomOf = (file: string) => rooms.find(({ room }) => file.startsWith(`${room}/`))
const files = globSync(['worker/**/*.{ts,tsx}', 'site/src/**/*.{ts,tsx,astro,mdx}', 'site/*.mjs']).filter(
  (file) => !file.endsWith('.d.ts'),
)

/** What a file imports, each as a package's name or as a path from the repository's root. */
function importsOf(file: string): { path?: string; package?: string }[] {
  const text = readFileSync(file, 'utf8')
  const names = new Set(ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName))
  return [...names].flatMap((name): { path?: string; package?: string }[] => {
    if (name.startsWith('.')) return [{ path: posix.join(posix.dirname(file), name) }]
    if (!name.startsWith('#')) return [{ package: name }]
    const alias = Object.entries(aliases).find(([key]) =>
      key.endsWith('*') ? name.startsWith(key.slice(0, -1)) : name === key,
    )
    if (!alias) throw new Error(`${file}: no alias for ${name}`)
    const targets = typeof alias[1] === 'string' ? [alias[1]] : Object.values(alias[1])
    return targets.map((target) => ({ path: join(target.replace('*', name.slice(alias[0].length - 1))) }))
  })
}

describe('the rooms', () => {
  it('hold every file', () => {
    expect(files.length).toBeGreaterThan(40)
    expect(files.filter((file) => !roomOf(file))).toEqual([])
  })

  it('are read as they are: aliases, relative paths and packages, in pages too', () => {
    expect(importsOf('site/src/pages/404.astro')).toContainEqual({ path: 'worker/experiment/spec/presets.ts' })
    expect(importsOf('site/src/pages/index.astro')).toContainEqual({ path: 'site/src/layouts/Page.astro' })
    expect(importsOf('worker/http/app.ts')).toContainEqual({ package: 'hono' })
  })

  it('import only what they may', () => {
    const trespasses = files.flatMap((file) => {
      const { room, rooms: allowed, packages } = roomOf(file)!
      return importsOf(file)
        .filter((imported) => {
          if (imported.package !== undefined) return !packages.test(imported.package)
          const target = roomOf(imported.path!)?.room ?? imported.path!
          return target !== room && !allowed.includes(target)
        })
        .map((imported) => `${file} imports ${imported.package ?? imported.path}`)
    })
    expect(trespasses).toEqual([])
  })
})

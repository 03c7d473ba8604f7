import { readFileSync } from 'node:fs'

import { expect, it } from 'vitest'

import { devDependencies } from '../../../package.json'

const configuration = readFileSync('wrangler.toml', 'utf8')
const declared = readFileSync('worker/bindings.d.ts', 'utf8')

/** What `wrangler types` would name: every `binding = "…"`, every rate limit, and the keys of `[vars]`. */
function configuredBindings(): string[] {
  const [, vars = ''] = /^\[vars\]\n([\s\S]*?)(?=^\[)/m.exec(configuration) ?? []
  const [, rateLimits = ''] = /^\[\[ratelimits\]\]\n([\s\S]*?)(?=^\[)/m.exec(configuration) ?? []
  return [
    ...Array.from(configuration.matchAll(/^binding = "(\w+)"/gm), ([, name]) => name!),
    ...Array.from(rateLimits.matchAll(/^name = "(\w+)"/gm), ([, name]) => name!),
    ...Array.from(vars.matchAll(/^(\w+) = /gm), ([, name]) => name!),
  ]
}

it('declares the type of each binding that wrangler.toml configures, and of no other', () => {
  const [, body = ''] = /interface Env \{([\s\S]*?)\n {2}\}/.exec(declared) ?? []
  const names = Array.from(body.matchAll(/^ {4}(\w+): /gm), ([, name]) => name!)
  expect(names.length).toBeGreaterThan(4)
  expect(names.toSorted()).toEqual(configuredBindings().toSorted())
})

it('has types of the runtime that are no older than the runtime of the tests', () => {
  const dateOf = (version: string) => Number(version.split('.')[1])
  expect(dateOf(devDependencies['@cloudflare/workers-types'])).toBeGreaterThanOrEqual(dateOf(devDependencies.workerd))
})

import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'

import { expect, it } from 'vitest'

import golden from '../../../golden/fingerprints.json'
import { fingerprints } from '../../../support/fingerprints.ts'

const queries = Object.keys(golden.experiments)

it('has the golden fingerprints of the engine’s version in Node', async () => {
  const found = await fingerprints(queries)
  if (process.env['GOLDEN'] === 'write')
    writeFileSync('test/golden/fingerprints.json', `${JSON.stringify(found, null, 2)}\n`)
  else expect(found).toEqual(golden)
  expect(queries.length).toBeGreaterThanOrEqual(20)
})

it.each([
  ['baseline compiler', ['--liftoff', '--no-wasm-tier-up', '--no-wasm-dynamic-tiering']],
  ['optimizing compiler', ['--no-liftoff']],
])('has them with V8’s %s only', (_, flags) => {
  const output = execFileSync(process.execPath, [...flags, 'test/support/fingerprints.node.ts', ...queries])
  expect(JSON.parse(output.toString())).toEqual(golden)
})

import { writeFileSync } from 'node:fs'

import { expect, it } from 'vitest'

import golden from '../../golden/measured.json'
import { measuredHashes } from '../../support/measured.ts'

it('Node measures the golden noise and generalization', async () => {
  const hashes = await measuredHashes(Object.keys(golden))
  if (process.env['GOLDEN'] === 'write')
    writeFileSync('test/golden/measured.json', `${JSON.stringify(hashes, undefined, 2)}\n`)
  else expect(hashes).toEqual(golden)
}, 30_000)

import { expect, it } from 'vitest'

import golden from '../golden/measured.json'
import { measuredHashes } from '../support/measured.ts'

it('workerd measures the golden noise and generalization, in TensorFlow.js’s memory', async () => {
  expect(navigator.userAgent).toBe('Cloudflare-Workers')
  expect(await measuredHashes(Object.keys(golden))).toEqual(golden)
}, 30_000)

import { expect, it } from 'vitest'

import golden from '../golden/fingerprints.json'
import { fingerprints } from '../support/fingerprints.ts'

it('workerd gives the golden fingerprints, in TensorFlow.js’s memory', async () => {
  expect(navigator.userAgent).toBe('Cloudflare-Workers')
  expect(await fingerprints(Object.keys(golden.experiments))).toEqual(golden)
})

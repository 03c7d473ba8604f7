import { expect, it } from 'vitest'
import { train } from '#training/train.ts'
import { completeSpec } from '#experiment/spec.ts'
import { fingerprint } from '#experiment/numbers.ts'
import { deriveResult } from '#experiment/derive.ts'
import { startTensorFlow } from '#training/backend/tensorflow.ts'

it('trains', async () => {
  const tf = startTensorFlow()
  const base = { ...tf.memory() }
  const spec = completeSpec({ epochs: 50 })
  const t0 = performance.now()
  const t = train(spec)
  let r = t.next(); let n = 0
  while (!r.done) { n++; r = t.next() }
  console.log(performance.now() - t0, n, base, tf.memory())
  const numbers = r.value
  console.log(JSON.stringify(deriveResult(spec, { digest: '', fingerprint: await fingerprint(numbers), numbers }, { histories: 0 }), null, 1))
  expect(1).toBe(1)
}, 100000)

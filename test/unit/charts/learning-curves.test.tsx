import { renderToString } from 'preact-render-to-string'
import { expect, it } from 'vitest'

import { LearningCurves } from '#charts/learning-curves.tsx'
import { deriveResult } from '#experiment/derive.ts'
import { digest } from '#experiment/digest.ts'
import { emptyNumbers, fingerprint } from '#experiment/numbers.ts'
import { completeSpec } from '#experiment/spec.ts'
import { train } from '#training/train.ts'

const size = { width: 720, height: 400 }

it('learning curves of the tutorial’s mini-batch experiment', async () => {
  const spec = completeSpec({})
  const training = train(spec)
  let slice = training.next()
  while (!slice.done) slice = training.next()
  const numbers = slice.value
  const outcome = { digest: await digest(spec), fingerprint: await fingerprint(numbers), numbers }
  const result = deriveResult(spec, outcome, { histories: 1 })
  await expect(renderToString(<LearningCurves result={result} {...size} standalone />)).toMatchFileSnapshot(
    '../../golden/charts/learning-curves.svg',
  )
}, 30_000)

it('learning curves of a run that diverged at once say so, and draw nothing', () => {
  const spec = completeSpec({ epochs: 40 })
  const outcome = { digest: '', fingerprint: '', numbers: emptyNumbers(spec) }
  const svg = renderToString(<LearningCurves result={deriveResult(spec, outcome, { histories: 1 })} {...size} />)
  expect(svg).toContain('The training diverged')
  expect(svg).not.toContain('<path')
})

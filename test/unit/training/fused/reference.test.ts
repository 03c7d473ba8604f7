import { expect, it } from 'vitest'

import { completeSpec } from '#experiment/spec/spec.ts'

import { ReferenceNetwork } from '../../../support/reference-network.ts'
import { followTrace, split, traceLayers, traces, traceTolerances } from '../../../support/traces.ts'

it.each(traces)('the reference follows the float64 trace of $name', (one) => {
  const { batchSize, learningRate, trace, steps } = one
  const network = new ReferenceNetwork(completeSpec({ batchSize, learningRate }), traceLayers(), split)
  const losses = followTrace(network, one)
  expect(losses).toHaveLength(trace.losses_before_each_update.length)
  const tolerances = traceTolerances(one)
  losses.slice(0, steps).forEach((loss, step) => {
    const expected = trace.losses_before_each_update[step]!
    expect(Math.abs(loss - expected) / expected).toBeLessThan(tolerances[step]!)
  })
})

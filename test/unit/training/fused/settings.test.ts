import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { makeDataset } from '#datasets/dataset.ts'
import { splitDataset } from '#datasets/split.ts'
import { completeSpec } from '#experiment/spec/spec.ts'
import { openWorkspace } from '#fused-host'
import { activations } from '#methods/activations.ts'
import { averagings } from '#methods/averaging.ts'
import { curves } from '#methods/curves.ts'
import { lastBatches } from '#methods/last-batch.ts'
import { optimizers } from '#methods/optimizers.ts'
import type { Scratch } from '#training/fused/host.ts'
import { settingsFields, kernelSettings, writeSettings, type KernelSettings } from '#training/fused/settings.ts'

const spec = completeSpec({ epochs: 2 })
const settings = kernelSettings(spec, splitDataset(makeDataset(spec)))

/** What the kernel answers to settings: the bytes that a training needs, or its trap. */
function create(changed: Partial<KernelSettings>): number {
  let bytes = 0
  openWorkspace(({ kernel, address, buffer }: Scratch) => {
    writeSettings({ ...settings, ...changed }, buffer, address)
    return (bytes = kernel.create(address))
  }).release()
  return bytes
}

describe('the kernel’s settings', () => {
  it('are the same fields, types and order in the kernel’s class and in the host’s table', () => {
    const source = readFileSync('worker/training/fused/kernel/settings.ts', 'utf8')
    const fields = [...source.matchAll(/^ {2}(\w+): (i32|f32)$/gm)].map(([, name, type]) => [name, type])
    expect(fields).toEqual(Object.entries(settingsFields).map(([name, [type]]) => [name, type]))
    openWorkspace(({ kernel, address, buffer }: Scratch) => {
      expect(kernel.settingsBytes()).toBe(4 * fields.length)
      writeSettings(settings, buffer, address)
      return kernel.create(address)
    }).release()
  })

  it.each([
    ['activation', activations],
    ['averaging', averagings],
    ['curve', curves],
    ['lastBatch', lastBatches],
    ['optimizer', optimizers],
  ] as const)(
    '%s: every choice has a code of its own that the kernel knows, and it traps at any other',
    (field, table) => {
      const codes = Object.values<{ kernelCode: number }>(table).map(({ kernelCode }) => kernelCode)
      expect(new Set(codes).size).toBe(codes.length)
      for (const code of codes) expect(create({ [field]: code })).toBeGreaterThan(0)
      for (const code of [-1, Math.max(...codes) + 1, 99])
        expect(() => create({ [field]: code })).toThrow(WebAssembly.RuntimeError)
    },
  )

  it.each([0, 65, -1])('traps at %i inputs', (inputs) => {
    expect(create({ inputs: 64 })).toBeGreaterThan(create({ inputs: 1 }))
    expect(() => create({ inputs })).toThrow(WebAssembly.RuntimeError)
  })
})

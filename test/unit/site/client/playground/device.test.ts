import { describe, expect, it } from 'vitest'

import { completeSpec } from '#experiment/spec/spec.ts'

import { deviceOf } from '../../../../../site/src/client/playground/device.tsx'

const origin = 'https://minibatch.test'
const clipboardOf = (writeText: (text: string) => Promise<void>) => ({ writeText }) as Clipboard

describe('what a browser can do with an experiment', () => {
  it('copies, and says whether it did: not where there is no clipboard, nor where the browser refuses', async () => {
    const copied: string[] = []
    const good = deviceOf({ clipboard: clipboardOf(async (text) => void copied.push(text)) }, origin)
    expect(await good.copy('a link')).toBe(true)
    expect(copied).toEqual(['a link'])
    expect(await deviceOf({}, origin).copy('a link')).toBe(false)
    const refusing = deviceOf({ clipboard: clipboardOf(() => Promise.reject(new Error('not allowed'))) }, origin)
    expect(await refusing.copy('a link')).toBe(false)
  })

  it('has a sheet to share with only where the browser has, and bears that it is closed', async () => {
    expect(deviceOf({}, origin).share).toBeUndefined()
    const given: unknown[] = []
    const share = (data?: ShareData) => {
      given.push(data)
      return Promise.reject(new DOMException('closed', 'AbortError'))
    }
    await deviceOf({ share }, origin).share!('Batch size 4', `${origin}/playground?batchSize=4`)
    expect(given).toEqual([{ title: 'Batch size 4', url: `${origin}/playground?batchSize=4` }])
  })

  it('writes the programs of any experiment, which name this site', async () => {
    const programs = await deviceOf({}, origin).programsOf(completeSpec({ batchSize: 4 }))
    expect(programs.map(({ language }) => language)).toEqual(['Keras', 'PyTorch', 'TensorFlow.js'])
    for (const { code } of programs) expect(code).toContain(`${origin}/playground?batchSize=4`)
  })
})

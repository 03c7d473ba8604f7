/** Links to sets of experiments: what is written is read again, and what is wrong with one is said. */
import { describe, expect, it } from 'vitest'

import {
  readRunsLink,
  runsLink,
  runsLinkLimits,
  type LinkedRun,
} from '../../../../../site/src/client/playground/runs-link.ts'

const origin = 'https://minibatch.test'
const runs: LinkedRun[] = [
  { query: 'batchSize=4&epochs=60', name: 'rough & ready #1, 100 % “mine”' },
  { query: '', name: '' },
  { query: 'hiddenUnits=8-8&learningRateSchedule=50%3A0.002', name: '' },
]
const linkTo = (given: readonly LinkedRun[]) => {
  const made = runsLink(origin, given)
  if (!('link' in made)) throw new Error(made.refusal)
  return new URL(made.link)
}
const readBack = (given: readonly LinkedRun[]) => readRunsLink(linkTo(given).hash)
const seeds = (count: number) => Array.from({ length: count }, (_, index) => ({ query: `seed=${index + 2}`, name: '' }))

describe('a link to a set', () => {
  it('holds the settings and the names in their order, in the part that no server gets', () => {
    const { pathname, searchParams, hash } = linkTo(runs)
    expect(pathname).toBe('/playground')
    expect(String(searchParams)).toBe('batchSize=4&epochs=60')
    expect(readRunsLink(hash)).toEqual({ runs, remarks: [] })
  })

  it('holds the tutorial’s experiment alone, too', () => {
    expect(readBack([{ query: '', name: '' }])).toEqual({ runs: [{ query: '', name: '' }], remarks: [] })
  })

  it('is refused above its limits, with what came and what is allowed', () => {
    const { experiments, characters } = runsLinkLimits
    expect(readBack(seeds(experiments))?.runs).toHaveLength(experiments)
    expect(runsLink(origin, seeds(experiments + 1))).toEqual({
      refusal: `A link holds at most ${experiments} experiments, not ${experiments + 1}: choose fewer.`,
    })
    const long = seeds(experiments).map(({ query }) => ({ query, name: 'é'.repeat(60) }))
    expect(runsLink(origin, long)).toEqual({
      refusal: expect.stringMatching(new RegExp(`would have \\d+ characters; at most ${characters} are allowed`)),
    })
    expect(runsLink(origin, [])).toEqual({ refusal: 'There is no experiment to link to.' })
  })
})

describe('a fragment that is opened', () => {
  const { hash } = linkTo(runs)

  it('is no set unless it begins as one', () => {
    for (const other of ['', '#runs', '#map', '#run=epochs%3D9']) expect(readRunsLink(other)).toBeUndefined()
  })

  it('that was cut off anywhere says so, and never gives another experiment', () => {
    for (let end = '#runs&'.length; end < hash.length; end++) {
      const { runs: read, remarks } = readRunsLink(hash.slice(0, end))!
      expect([end, remarks.length]).toEqual([end, 1])
      for (const run of read) expect(runs.map(({ query }) => query)).toContain(run.query)
    }
  })

  it('with other text than a program wrote is read as far as it can be', () => {
    expect(readRunsLink(hash.replaceAll('&', '&amp;'))).toEqual({ runs, remarks: [] })
    const wrong = readRunsLink('#runs&run=batchSize%3Dmany&run=nonsense%3D1&run=epochs%3D30&count=3')!
    expect(wrong.runs).toEqual([{ query: 'epochs=30', name: '' }])
    expect(wrong.remarks).toEqual([
      expect.stringMatching(/^Experiment 1 of the link cannot be read. batchSize: expected .*, got 'many'\.$/),
      expect.stringMatching(/^Experiment 2 of the link cannot be read. nonsense/),
    ])
    expect(readRunsLink('#runs&run=epochs%3D30&count=4')!.remarks).toEqual([
      'The link should hold 4 experiments, but 1 came: copy the whole link.',
    ])
    expect(readRunsLink('#runs&count=0')!.remarks).toEqual(['The link to a set of experiments holds none.'])
  })

  it('above the limits says so', () => {
    const { experiments, characters } = runsLinkLimits
    const many = seeds(experiments + 10).map(({ query }) => `run=${encodeURIComponent(query)}`)
    const read = readRunsLink(`#runs&${many.join('&')}&count=${many.length}`)!
    expect(read.runs).toHaveLength(experiments)
    expect(read.remarks).toEqual([
      `The link names ${experiments + 10} experiments; the first ${experiments} are shown, which is the most.`,
    ])
    const long = readRunsLink(`#runs&run=${'x'.repeat(characters)}&count=1`)!
    expect(long.runs).toEqual([])
    expect(long.remarks[0]).toMatch(new RegExp(`too long: .* at most ${characters} are read`))
  })

  it('gives each experiment once, in its canonical form, with a name of one short line', () => {
    const name = encodeURIComponent(`a\nb\u202E ${'x'.repeat(100)}`)
    const { runs: read } = readRunsLink(`#runs&run=epochs%3D200&run=seed%3D1&name=${name}&run=batchSize%3D4&count=3`)!
    expect(read.map(({ query }) => query)).toEqual(['', 'batchSize=4'])
    expect(read[0]!.name).toMatch(/^a b x{50,}$/)
    expect(read[0]!.name.length).toBeLessThanOrEqual(60)
  })
})

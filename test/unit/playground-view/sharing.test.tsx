/** What leads on from an experiment, as the Worker renders it and as texts. */
import { renderToString } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'

import { completeView } from '#charts/view.ts'
import { completeSpec, specFields } from '#experiment/spec/spec.ts'
import { readAddress } from '#playground-view/address.ts'
import { DeviceContext, type Device } from '#playground-view/device.ts'
import { LockedNote } from '#playground-view/locked-note.tsx'
import { Programs } from '#playground-view/programs.tsx'
import { SharePanel } from '#playground-view/share-panel.tsx'
import { citationOf, filesOf, linkOf, promiseOf, type ShareTexts } from '#playground-view/share-texts.ts'

import { resultFor } from '../../../site/src/build/values/experiments.ts'

const origin = 'https://minibatch.test'
const spec = completeSpec({ batchSize: 4, epochs: 3 })
const result = await resultFor('batchSize=4&epochs=3')
const promised = promiseOf(result, spec)
const shown = { view: completeView({ axis: 'updates' }), epoch: 2, pin: completeSpec({ epochs: 3 }), lock: [] }
const shared: ShareTexts = { spec, shown, promised, origin }

describe('the link to share', () => {
  it('opens what is shown, and promises its numbers and its engine', () => {
    const opened = readAddress(new URL(linkOf(shared)).searchParams)
    expect(opened.spec).toEqual(spec)
    expect(opened.shown).toEqual(shown)
    expect(opened.promised).toEqual({ fingerprint: result.fingerprint.slice(0, 16), version: 'fused-1' })
  })

  it('promises nothing while the training goes on, nor the numbers of another experiment', () => {
    expect(promiseOf({ ...result, fingerprint: '' }, spec)).toBeUndefined()
    expect(promiseOf(result, completeSpec({ batchSize: 8, epochs: 3 }))).toBeUndefined()
    expect(linkOf({ ...shared, promised: undefined })).not.toMatch(/expect|[?&]v=/)
  })
})

describe('the files', () => {
  it('are of this experiment; the JSON and the curves have it beside the pinned one', () => {
    const { json, csv, curves, boundary } = filesOf({ spec, shown })
    expect(json).toBe('/api/experiments?batchSize=4&epochs=3&pin=epochs%3D3')
    expect(csv).toBe('/api/experiments.csv?batchSize=4&epochs=3')
    expect(curves).toBe('/charts/learning-curves.svg?batchSize=4&epochs=3&axis=updates&pin=epochs%3D3')
    expect(boundary).toBe('/charts/decision-boundary.svg?batchSize=4&epochs=3')
  })

  it('leave out a pin that the API would refuse', () => {
    const pin = completeSpec({ epochs: 3, seed: 9 })
    expect(filesOf({ spec, shown: { ...shown, pin } }).json).toBe('/api/experiments?batchSize=4&epochs=3')
  })
})

describe('the citation', () => {
  it('is an entry with the permalink, what to expect, and the engine', () => {
    expect(citationOf(shared)).toBe(`@misc{minibatch-${result.fingerprint.slice(0, 8)},
  title = {{Minibatch: Batch size 4, 3 epochs}},
  author = {{The Minibatch contributors}},
  howpublished = {\\url{${origin}/playground?batchSize=4&epochs=3&expect=${promised!.fingerprint}&v=fused-1}},
  note = {Engine fused-1, fingerprint ${promised!.fingerprint}},
}`)
  })
})

describe('the page without JavaScript', () => {
  const html = renderToString(<SharePanel shared={shared} />)

  it('has the link, and no button that would do nothing', () => {
    expect(html).toContain(linkOf(shared).replaceAll('&', '&amp;'))
    for (const [button] of html.matchAll(/<button[^>]*>/g)) {
      const before = html.slice(0, html.indexOf(button))
      const isScripted = /class="scripted"[^>]*>(?:(?!<\/p>|<\/li>).)*$/s.test(before) || button.includes('scripted')
      expect([button, isScripted || button === '<button>']).toEqual([button, true])
    }
  })

  it('offers no file or frame that the Worker would refuse, and says why; the link stays', () => {
    const large = completeSpec({ seeds: 200, epochs: 500, examples: 5000 })
    const page = renderToString(<SharePanel shared={{ ...shared, spec: large, promised: undefined }} />)
    expect(page).toContain(linkOf({ ...shared, spec: large, promised: undefined }).replaceAll('&', '&amp;'))
    expect(page).not.toMatch(/\/api\/|\/charts\/|iframe/)
    expect(page).toMatch(/this experiment is about [\d.]+ times its budget: there are none/)
    expect(html).toMatch(/\/api\/.*\/charts\/.*iframe/s)
    expect(html).not.toContain('its budget')
  })

  it('promises a fingerprint only where there is one', () => {
    expect(html).toContain(`is told so: their fingerprint is <code class="notranslate">${promised!.fingerprint}</code>`)
    const page = renderToString(<SharePanel shared={{ ...shared, promised: undefined }} />)
    expect(page).toContain('Whoever opens this link gets the whole experiment, with all its runs.')
    expect(page).not.toContain('fingerprint is')
  })

  it('says where programs are', () => {
    const code = renderToString(<Programs spec={spec} />)
    expect(code).toMatch(/<a href="\/reports">The reports<\/a> have complete programs/)
  })

  it('has a form that freezes any setting', () => {
    const form = /<form.*?<\/form>/s.exec(html)![0]
    const boxes = Array.from(
      form.matchAll(/type="checkbox" name="lock" aria-label="freeze [^"]+" value="(\w+)"/g),
      ([, field]) => field,
    )
    expect(new Set(boxes)).toEqual(new Set(Object.keys(specFields)))
    const hidden = Array.from(
      form.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g),
      ([, key, value]) => [key!, value!] as [string, string],
    )
    const query = new URLSearchParams([...hidden, ['lock', 'batchSize'], ['lock', 'epochs']])
    const opened = readAddress(query)
    expect(opened.spec).toEqual(spec)
    expect(opened.shown).toEqual({ ...shown, lock: ['batchSize', 'epochs'] })
  })

  it('says which settings are frozen, and that anyone may unlock them', () => {
    const line = renderToString(<LockedNote spec={spec} shown={{ ...shown, lock: ['learningRate', 'epochs'] }} />)
    expect(line).toContain('froze learning rate, epochs. Anyone may <a')
    const [, way] = /href="([^"]*)"/.exec(line)!
    const opened = readAddress(new URL(way!.replaceAll('&amp;', '&'), origin).searchParams)
    expect([opened.spec, opened.shown]).toEqual([spec, shown])
  })
})

describe('the page with hands', () => {
  const device: Device = {
    copy: async () => true,
    savePng: async () => true,
    saveText: () => {},
    programsOf: async () => [],
  }
  const rendered = (given: Device) =>
    renderToString(
      <DeviceContext.Provider value={given}>
        <SharePanel shared={shared} />
      </DeviceContext.Provider>,
    )

  it('shares by the system’s own sheet only where there is one', () => {
    expect(rendered(device)).not.toContain('Share …')
    expect(rendered({ ...device, share: async () => undefined })).toContain('Share …')
  })

  it('says what became of a copy in a place that is there before', () => {
    expect(rendered(device)).toMatch(/Copy link<\/button>[^<]*<span role="status"><\/span>/)
  })
})

/** Settings that the maker of a link froze. */
import { renderToString } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'

import { completeView } from '#charts/view.ts'
import { completeSpec, specFields, type PartialSpec } from '#experiment/spec.ts'
import { Settings } from '#instrument/settings.tsx'

const page = (lock: ('learningRate' | 'dataset')[], more: PartialSpec = {}) =>
  renderToString(
    <Settings
      setup={{
        spec: completeSpec({ dataset: 'moons', learningRate: 0.1, ...more }),
        shown: { view: completeView(), lock },
        typed: {},
        errors: [],
        readings: [],
      }}
    />,
  )

describe('the form', () => {
  it('has every field of a spec once, and a group that is folded says what it holds', () => {
    const html = page([])
    for (const field of Object.keys(specFields))
      expect([field, html.match(new RegExp(`<(?:input|select)[^>]* name="${field}"`, 'g'))?.length ?? 0]).toEqual([
        field,
        expect.toSatisfy((count: number) => count >= 1),
      ])
    expect(html).toContain('<b>Remedies</b> <span class="settings-summary">none</span>')
    const remedied = page([], { optimizer: 'adam', averaging: 'swa' })
    expect(remedied).toContain('<span class="settings-summary">averaged (SWA), Adam</span>')
  })
})

describe('a frozen setting', () => {
  it('cannot be typed or chosen, is said to be frozen, and has no way to another value', () => {
    const html = page(['learningRate', 'dataset'])
    expect(html).toMatch(/<input id="set-learningRate"[^>]* readonly/)
    expect(html).toMatch(/<select id="set-dataset"[^>]* disabled/)
    expect(html.match(/>frozen</g)).toHaveLength(2)
    expect(html).not.toContain('back to 0.01')
    expect(page([])).toContain('back to 0.01')
  })

  it('is sent by the form all the same', () => {
    expect(page(['dataset'])).toMatch(/<input type="hidden" name="dataset" value="moons"/)
    expect(page([])).not.toMatch(/<input type="hidden" name="dataset"/)
  })
})

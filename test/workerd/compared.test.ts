/** Comparisons in the files and pages that the Worker makes: A and B in the curves, the frame, the card and the preview. */
import { exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'

const get = (path: string) => exports.default.fetch(new Request(`http://minibatch.test${path}`))

const [one, other] = ['batchSize=4&epochs=8', 'epochs=8']
const compared = `${one}&pin=${encodeURIComponent(other)}`

describe('a comparison', () => {
  it('is in the curves: A and B, each in its color', async () => {
    const svg = await (await get(`/charts/learning-curves.svg?${compared}`)).text()
    const lines = (text: string) => [...text.matchAll(/<path d="([^"]*)"[^>]*stroke="(#\w+)"[^>]*stroke-width="2px"/g)]
    const turned = await (await get(`/charts/learning-curves.svg?${compared}&side=A`)).text()
    expect(svg).not.toBe(turned)
    expect(svg).toMatch(/A is batch size 32, B is batch size 4/)
    expect(turned).toMatch(/A is batch size 4, B is batch size 32/)
    expect(lines(svg).length).toBe(lines(turned).length)
  })

  it('is refused in a chart that does not compare, and where the other experiment is wrong', async () => {
    const refused = await get(`/charts/dataset.svg?${compared}`)
    expect(refused.status).toBe(400)
    const wrong = await get(`/charts/learning-curves.svg?${one}&pin=epochs%3D0`)
    expect(wrong.status).toBe(422)
    expect(await wrong.json()).toMatchObject({ errors: [{ field: 'pin', value: 'epochs=0' }] })
  })

  it('is in the frame for other pages, with its verdict', async () => {
    const page = await (await get(`/embed?${compared}`)).text()
    expect(page).toContain('A: batch size 32 · B: batch size 4')
    expect(page).toContain('With seed 1, batch size 4 compared with batch size 32')
    expect(page).toMatch(/class="line side-a".*class="line side-b"/s)
  })

  it('is in the card, and in the preview of its link', async () => {
    const page = await (await get(`/playground?${compared}`)).text()
    const [, image] = /<meta property="og:image" content="[^"]*(\/cards\/[^"]*)"/.exec(page)!
    expect(image).toContain('pin=epochs%3D8')
    const card = await get(image!.replaceAll('&amp;', '&'))
    const alone = await get(`/cards/experiment.png?${one}`)
    expect([card.status, alone.status]).toEqual([200, 200])
    expect((await card.arrayBuffer()).byteLength).not.toBe((await alone.arrayBuffer()).byteLength)
  })
})

describe('an experiment that takes time', () => {
  const long = 'seeds=60&epochs=100&batchSize=8&seed=77'

  it('has its page at once, which the browser trains; without scripts the next one waits for the Worker', async () => {
    const early = await get(`/playground?${long}`)
    const page = await early.text()
    expect([early.status, early.headers.get('Cache-Control')]).toEqual([200, 'no-store'])
    expect(page).toContain('Training in your browser')
    expect(page).not.toContain('key-number')
    const [, address] = /<noscript><meta http-equiv="refresh" content="0; url=([^"]*)">/.exec(page)!
    const whole = await (await get(address!.replaceAll('&amp;', '&'))).text()
    expect(whole).toMatch(/<dt>test accuracy<\/dt><dd class="key-number">0\.\d{3} /)
    // Now it is in the cache.
    const again = await (await get(`/playground?${long}`)).text()
    expect(again).toContain('key-number')
    expect(again).not.toContain('http-equiv')
  })
})

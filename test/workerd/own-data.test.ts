/** A link to an experiment on data of the visitor's own: the Worker trains nothing, and says what the link needs. */
import { exports } from 'cloudflare:workers'
import { expect, it } from 'vitest'

const get = (path: string) => exports.default.fetch(new Request(`https://minibatch.example${path}`))
const own = 'dataset=own&data=0123456789abcdef'

it('is answered by a page with its settings, the digest and a button, and no number', async () => {
  for (const query of [own, `${own}&batchSize=2000&seeds=200&epochs=500`, 'dataset=own']) {
    const answer = await get(`/playground?${query}`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('X-Robots-Tag')).toContain('noindex')
    const page = await answer.text()
    expect(page).toContain('This link needs a table of yours')
    expect(page.includes('0123456789abcdef')).toBe(query !== 'dataset=own')
    expect(page).toContain('data-own-data')
    expect(page).not.toContain('class="key-numbers')
  }
})

it('is refused by the API with the reason, on either side of a comparison', async () => {
  for (const path of [`/api/experiments?dataset=own`, `/api/experiments?pin=${encodeURIComponent('dataset=own')}`]) {
    const answer = await get(path)
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('own data never leaves the browser')
  }
})

it('does not keep the other side of a comparison from being shown', async () => {
  const answer = await get(`/playground?epochs=40&pin=${encodeURIComponent(own)}`)
  expect(answer.status).toBe(200)
  expect(await answer.text()).toContain('class="key-numbers')
})

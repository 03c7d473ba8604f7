import { env, exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'

import { ExperimentResult } from '#experiment/result/result.ts'
import { digest } from '#experiment/spec/digest.ts'
import { completeSpec, specFields } from '#experiment/spec/spec.ts'
import { cachePolicies } from '#security/cache-control.ts'

const origin = 'http://minibatch.test'
const get = (path: string, init?: RequestInit) => exports.default.fetch(new Request(origin + path, init))
const header = (response: Response, name: string) => response.headers.get(name)

/** How many elements of a kind a page has, as a parser sees it. */
async function countElements(selector: string, page: string): Promise<number> {
  let count = 0
  const counter = new HTMLRewriter().on(selector, { element: () => void count++ })
  await counter.transform(new Response(page)).text()
  return count
}

/** A small experiment that no other test asks for. */
let next = 1000
const fresh = () => `epochs=2&seed=${next++}`

describe('/api/experiments', () => {
  it('trains inside workerd, and answers with the whole result', async () => {
    expect(navigator.userAgent).toBe('Cloudflare-Workers')
    const response = await get('/api/experiments?epochs=3&seeds=2&histories=1')
    expect(response.status).toBe(200)
    expect(header(response, 'Content-Type')).toBe('application/json')
    expect(header(response, 'Access-Control-Allow-Origin')).toBe('*')
    expect(header(response, 'Cache-Control')).toBe(cachePolicies.release['Cache-Control'])
    const result = ExperimentResult.parse(await response.json())
    expect(result.digest).toBe(await digest(completeSpec({ epochs: 3, seeds: 2 })))
    expect(result.permalink).toBe('/playground?epochs=3&seeds=2')
    expect(result.runs.map(({ seed, history }) => [seed, history?.['testLoss']?.length])).toEqual([
      [1, 3],
      [2, undefined],
    ])
    expect(result.curves?.['testAccuracy']?.runs).toEqual([2, 2, 2])
  })

  it('says miss, then hit, and keeps the numbers in KV under their digest', async () => {
    const query = fresh()
    const miss = await get(`/api/experiments?${query}`)
    expect(header(miss, 'Cache-Status')).toBe('minibatch; fwd=miss')
    const { digest: key, fingerprint } = ExperimentResult.parse(await miss.json())
    const hit = await get(`/api/experiments?${query}`)
    expect(header(hit, 'Cache-Status')).toBe('minibatch; hit; detail=memory')
    expect(await hit.json()).toMatchObject({ digest: key, fingerprint })
    const { value, metadata } = await env.RESULTS.getWithMetadata(key, 'arrayBuffer')
    expect(value?.byteLength).toBe(6 * 2 * 4)
    expect(metadata).toEqual({ digest: key, fingerprint })
  })

  it('answers HEAD and 304 without training', async () => {
    const query = fresh()
    const head = await get(`/api/experiments?${query}`, { method: 'HEAD' })
    expect(head.status).toBe(200)
    expect(header(head, 'Content-Type')).toBe('application/json')
    expect(await head.text()).toBe('')
    const etag = header(head, 'ETag')!
    expect(etag).toMatch(/^W\/"[^"]+"$/)
    const strong = etag.slice(2)
    for (const known of [etag, strong, `"other", ${etag}`, `W/"a, b",${strong} , "c"`, '*', ' * ']) {
      const response = await get(`/api/experiments?${query}`, { headers: { 'If-None-Match': known } })
      expect([response.status, header(response, 'ETag'), await response.text()]).toEqual([304, etag, ''])
    }
    for (const [index, unknown] of ['"other"', '"a,*,b"', `"x${strong.slice(1)}`, strong.slice(1, -1), ''].entries()) {
      const changed = await get(`/api/experiments?${query}`, { headers: { 'If-None-Match': unknown } })
      const status = index === 0 ? 'minibatch; fwd=miss' : 'minibatch; hit; detail=memory'
      expect([header(changed, 'Cache-Status'), header(changed, 'ETag')]).toEqual([status, etag])
    }
  })

  it('has a weak ETag wherever there is one: the bytes differ where an answer is compressed', async () => {
    const paths = ['/api/experiments', '/api/experiments.csv', '/api/dataset', '/api/boundary', '/api/presets']
    const pages = ['/api/openapi.json', '/charts/learning-curves.svg', '/playground', '/embed', '/api']
    for (const path of [...paths, ...pages])
      expect([path, header(await get(path, { method: 'HEAD' }), 'ETag')]).toEqual([
        path,
        expect.stringMatching(/^W\/"[!#-~]+"$/),
      ])
  })

  it('has another ETag for another experiment and another view', async () => {
    const etag = async (query: string) => header(await get(`/api/experiments?${query}`, { method: 'HEAD' }), 'ETag')
    const etags = await Promise.all(['', 'histories=0', 'seed=2', 'batchSize=full'].map(etag))
    expect(new Set(etags).size).toBe(4)
    expect(await etag('histories=5&batchSize=32')).toBe(etags[0])
  })
})

describe('/api/experiments with a pin', () => {
  const query = 'epochs=40&seeds=5&seed=7'
  const pin = (pinned: string) => `pin=${encodeURIComponent(pinned)}`

  it('says beside the result how its runs differ from the pinned ones, seed by seed', async () => {
    const response = await get(`/api/experiments?${query}&histories=0&${pin(`${query}&batchSize=full`)}`)
    expect(response.status).toBe(200)
    const { comparison, ...result } = ExperimentResult.parse(await response.json())
    const alone = ExperimentResult.parse(await (await get(`/api/experiments?${query}&histories=0`)).json())
    const pinned = ExperimentResult.parse(await (await get(`/api/experiments?${query}&batchSize=full`)).json())
    expect(result).toEqual(alone)
    expect(comparison).toMatchObject({
      digest: pinned.digest,
      fingerprint: pinned.fingerprint,
      permalink: pinned.permalink,
      seeds: [7, 8, 9, 10, 11],
      unpaired: 0,
    })
    const { differences, difference, ratio } = comparison!.quantities.testAccuracy
    const expected = alone.runs.map(({ final }, run) => final.testAccuracy! - pinned.runs[run]!.final.testAccuracy!)
    differences.forEach((value, run) => expect(value).toBeCloseTo(expected[run]!, 7))
    expect(difference.value).toBeCloseTo(expected.reduce((sum, value) => sum + value) / 5, 7)
    expect(difference.low).toBeLessThan(difference.value!)
    expect(ratio.value).toBeCloseTo(alone.summary.final.testAccuracy.mean! / pinned.summary.final.testAccuracy.mean!, 6)
  })

  it('has another ETag for another pin, and tells of the training of either', async () => {
    const [own, other] = [fresh(), fresh()]
    await get(`/api/experiments?${own}`)
    const alone = await get(`/api/experiments?${own}`)
    const miss = await get(`/api/experiments?${own}&${pin(own + '&batchSize=full')}`)
    const hit = await get(`/api/experiments?${own}&${pin(own + '&batchSize=full')}`)
    const another = await get(`/api/experiments?${own}&${pin(own + '&batchSize=4')}`)
    expect(header(alone, 'Cache-Status')).toContain('hit')
    expect(header(miss, 'Cache-Status')).toContain('fwd=miss')
    expect(header(hit, 'Cache-Status')).toContain('hit')
    expect(header(hit, 'ETag')).toBe(header(miss, 'ETag'))
    expect(new Set([alone, miss, another].map((response) => header(response, 'ETag'))).size).toBe(3)
    // A seed that no run shares.
    expect((await get(`/api/experiments?${own}&${pin(other)}`)).status).toBe(422)
  })

  it.each([
    ['batchSize=many', 400, 'batchSize: a whole number of at least 1, or full'],
    ['momentum=2', 422, 'momentum: a number from 0 to 0.999 with at most 6 significant digits'],
  ])('%s is refused by the names of both fields', async (pinned, status, expected) => {
    const response = await get(`/api/experiments?${pin(pinned)}`)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ status, errors: [{ field: 'pin', value: pinned, expected }] })
  })

  it('is no key of routes that do not compare', async () => {
    for (const path of ['/api/experiments/stream', '/api/experiments.csv', '/charts/small-multiples.svg'])
      expect((await get(`${path}?${pin('batchSize=full')}`)).status).toBe(400)
  })
})

describe('/api/dataset', () => {
  it('gives the points in float64', async () => {
    const response = await get('/api/dataset')
    const dataset = await response.json<{ points: number[][]; labels: number[]; centers: number[][] }>()
    expect(dataset.points[0]).toEqual([0.4871981127474787, -0.4316054814243375])
    expect(dataset).toMatchObject({ trainExamples: 500 })
    expect([dataset.points.length, dataset.labels.length, dataset.centers.length]).toEqual([1000, 1000, 3])
  })

  it('of moons has no centers', async () => {
    expect(await (await get('/api/dataset?dataset=moons&examples=20')).json()).not.toHaveProperty('centers')
  })
})

describe('/api/presets', () => {
  it('lists the tutorial’s experiments', async () => {
    const presets = await (await get('/api/presets')).json<unknown[]>()
    expect(presets).toHaveLength(12)
    expect(presets[1]).toMatchObject({
      slug: 'stochastic-gradient-descent',
      title: 'Stochastic gradient descent',
      spec: { batchSize: 1 },
      permalink: '/playground?batchSize=1',
      digest: await digest(completeSpec({ batchSize: 1 })),
    })
  })
})

it('/api/health tells the versions, and is never stored', async () => {
  const response = await get('/api/health')
  expect(await response.json()).toMatchObject({ version: '0.2.0', engines: { layers: 'layers-1' } })
  expect(header(response, 'Cache-Control')).toBe('no-store')
})

describe('/charts/learning-curves.svg', () => {
  it('is a picture of its own: axes, both curves, a title and a description', async () => {
    const response = await get(`/charts/learning-curves.svg?${fresh()}`)
    expect(header(response, 'Content-Type')).toBe('image/svg+xml')
    const svg = await response.text()
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
    expect(svg).toMatch(
      /<title>Train and test accuracy, batch size 32, learning rate 0.01, 2 epochs, seed \d+<\/title>/,
    )
    expect(svg).toMatch(/<desc>Test accuracy never reaches 0.8 and ends at 0\.\d{3}\.</)
    expect(svg).toMatch(/<path class="line train" d="M[^"]+l/)
    expect(svg).toMatch(/<path class="line test" d="M[^"]+l/)
    expect(svg).toMatch(/>epoch<.*>accuracy</s)
    // Light by default, as a file; `auto` follows the reader's scheme.
    expect(svg).not.toContain('prefers-color-scheme')
    const auto = await (await get(`/charts/learning-curves.svg?${fresh()}&theme=auto`)).text()
    expect(auto).toContain('prefers-color-scheme: dark')
  })
})

describe('/charts', () => {
  it.each([
    ['dataset', '', /<desc>500 examples train, 500 test\./],
    ['decision-boundary', 'epochs=5', /<desc>The regions are right for 0\.\d{3} of the test examples/],
    ['decision-boundary', 'epochs=2&engine=layers', /<desc>The regions are right for 0\.\d{3} of the test examples/],
    ['gradient-noise', 'epochs=5', /<desc>The noise scale is 2\.52 examples before the first epoch and/],
    ['small-multiples', 'batchSize=8,64,full&epochs=3', /batch size 8.*batch size 64.*full batch \(500\)/s],
    ['sweep', 'batchSize=8,64&learningRate=0.1,0.01&epochs=40', /<desc>Instability is lowest with/],
  ])('%s.svg?%s has a title and a takeaway, in the width and theme that are asked for', async (chart, query, says) => {
    const response = await get(`/charts/${chart}.svg?${query}&width=360&theme=dark`)
    expect([response.status, header(response, 'Content-Type')]).toEqual([200, 'image/svg+xml'])
    const svg = await response.text()
    expect(svg).toMatch(/<title>[^<]+<\/title><desc>[^<]+<\/desc>/)
    expect(svg).toMatch(says)
    expect(svg).toMatch(/^<svg [^>]*width="360"/)
    expect(svg).not.toContain('prefers-color-scheme')
    const etag = header(response, 'ETag') ?? ''
    const again = await get(`/charts/${chart}.svg?${query}&width=360&theme=dark`, {
      headers: { 'If-None-Match': etag },
    })
    expect(again.status).toBe(304)
    const other = await get(`/charts/${chart}.svg?${query}&width=361&theme=dark`, { method: 'HEAD' })
    expect(header(other, 'ETag')).not.toBe(etag)
  })
})

describe('/playground', () => {
  it('shows a permalink’s experiment without JavaScript', async () => {
    const response = await get('/playground?batchSize=64&epochs=2&momentum=0.5&fbclid=x')
    expect([response.status, header(response, 'Content-Type')]).toEqual([200, 'text/html; charset=utf-8'])
    const page = await response.text()
    expect(page).toMatch(/<title>Batch size 64, [^<]*momentum 0.5 – Minibatch<\/title>/)
    expect(page).toMatch(/<h1>Batch size 64, [^<]*momentum 0.5<\/h1>/)
    const address = `${origin}/playground?batchSize=64&epochs=2&momentum=0.5`
    expect(page).toContain(`<link rel="canonical" href="${address}">`)
    expect(page).toContain(`<meta property="og:url" content="${address}">`)
    expect(page).toMatch(/<meta property="og:title" content="Batch size 64, [^"]*">/)
    for (const [field, value] of [
      ['batchSize', '64'],
      ['epochs', '2'],
      ['momentum', '0.5'],
      ['hiddenUnits', '50'],
    ])
      expect(page).toMatch(new RegExp(`<input [^>]*name="${field}"[^>]* value="${value}"`))
    expect(page).toMatch(/<path class="line test" d="M/)
    expect(page).toMatch(/<path class="region class-1"/)
    expect(page).toMatch(/<dt>test accuracy<\/dt><dd class="key-number">0\.\d{3} </)
    // The page's own: what looks at the browser, what notices a newer site, and what makes the page live.
    expect(await countElements('script', page)).toBe(3)
  })

  it('says whether the result is the one that a shared link promises', async () => {
    const query = 'epochs=2&batchSize=64'
    const result = ExperimentResult.parse(await (await get(`/api/experiments?${query}`)).json())
    const { fingerprint, engine } = result
    const page = async (more: string) => (await get(`/playground?${query}${more}`)).text()
    const etag = async (more: string) => header(await get(`/playground?${query}${more}`, { method: 'HEAD' }), 'ETag')
    const right = `&expect=${fingerprint.slice(0, 16)}&v=${engine.version}`
    expect(await page(right)).toContain('the fingerprint is equal')
    expect(await page(`&expect=${fingerprint}`)).toContain('the fingerprint is equal')
    expect(await page('&expect=0123456789abcdef')).toContain('the fingerprint differs')
    expect(await page(`&expect=${fingerprint.slice(0, 16)}&v=fused-0`)).toContain(
      'The link was made with engine fused-0',
    )
    for (const nonsense of ['', '&expect=<b>', '&v=x'])
      expect(await page(nonsense)).not.toMatch(/fingerprint is equal|fingerprint differs|The link was made/)
    expect(new Set(await Promise.all(['', right, '&expect=0123456789abcdef'].map(etag))).size).toBe(3)
  })

  it('has a control for every setting, and folds those that are rarely changed', async () => {
    const page = await (await get('/playground?epochs=2&dataset=moons&classes=2&seed=5&noise=0.3')).text()
    const controls = Array.from(page.matchAll(/<(?:input|select) [^>]*name="(\w+)"/g), ([, name]) => name)
    expect(controls).toEqual(expect.arrayContaining(Object.keys(specFields)))
    expect(page).toMatch(
      /<b>Data<\/b>.*?2 changed.*?<b>Network<\/b>(?!.*changed.*<b>Order and seed).*<b>Order and seed<\/b>.*?1 changed/s,
    )
  })

  it('shows the numbers of all seeds, and says what they are', async () => {
    const query = 'batchSize=4&epochs=40&seeds=3'
    const { summary, runs } = ExperimentResult.parse(await (await get(`/api/experiments?${query}`)).json())
    const page = await (await get(`/playground?${query}`)).text()
    const { mean, sd } = summary.final.testAccuracy
    expect(page).toContain(`${mean!.toFixed(3)} <span>± ${sd!.toFixed(3)}</span>`)
    expect(page).toContain('Mean ± standard deviation of 3 runs, with seeds 1 to 3')
    for (const { seed, final } of runs)
      expect(page).toContain(`<th scope="row">${seed}</th><td>${final.testAccuracy!.toFixed(3)}</td>`)
  })

  it('says in a sentence that a run diverged', async () => {
    const page = await (await get('/playground?batchSize=1&learningRate=0.1&epochs=40')).text()
    expect(page).toContain('The training diverged: its loss or its parameters are no longer finite.')
  })

  it('answers its form with the permalink, in which what nobody touched follows its default', async () => {
    const form = 'batchSize=8&dataset=moons&noise=2&classes=3&momentum=0.9&seeds=30&metric=loss&from=seeds%3D30'
    const response = await get(`/playground?${form}`, { redirect: 'manual' })
    expect([response.status, header(response, 'Location')]).toEqual([
      302,
      '/playground?batchSize=8&dataset=moons&seeds=30&metric=loss',
    ])
  })

  it('reads what people type, and says how', async () => {
    const response = await get('/playground?learningRate=0,02&epochs=2&batchSize=+FULL&from=')
    expect(response.status).toBe(200)
    const page = await response.text()
    expect(page).toContain('“0,02” was read as 0.02.')
    expect(page).toContain(
      `<link rel="canonical" href="${origin}/playground?batchSize=full&epochs=2&learningRate=0.02">`,
    )
  })

  it('names a key that looks like a setting, and offers to use it', async () => {
    const page = await (await get('/playground?epochs=2&batchSiz=4')).text()
    expect(page).toMatch(/<code>batchSiz<\/code>, which is no setting.*href="\/playground\?epochs=2&amp;batchSize=4"/s)
    expect(await (await get('/playground?epochs=2&fbclid=4')).text()).not.toContain('which is no setting')
  })

  it('keeps its view in its links and in its form', async () => {
    const page = await (await get('/playground?epochs=2&metric=loss&axis=updates')).text()
    expect(page).toContain('loss (log scale)')
    expect(page).toContain('<input type="hidden" name="axis" value="updates"/>')
    expect(page).toMatch(/href="\/playground\?epochs=2&amp;axis=updates">accuracy</)
  })

  it('says what is wrong beside its control, keeps all that is right, and is not stored', async () => {
    const nonsense = encodeURIComponent('"><script>alert(1)</script>')
    const response = await get(`/playground?dataset=moons&momentum=0&seeds=30&batchSize=501&epochs=${nonsense}`)
    expect([response.status, header(response, 'Cache-Control')]).toEqual([400, 'no-store'])
    const page = await response.text()
    const control = (field: string) => new RegExp(`<input id="set-${field}" [^>]*>`).exec(page)?.[0] ?? ''
    expect(control('batchSize')).toMatch(/autofocus/)
    expect(control('epochs')).toMatch(/aria-describedby="[^"]*set-epochs-wrong"/)
    expect(control('epochs')).toMatch(/aria-invalid="true"/)
    expect(page).toMatch(/id="set-epochs-wrong">[^<]*a whole number from 1 to 2000/)
    expect(control('batchSize')).toMatch(/value="501"/)
    expect(page).toMatch(/id="set-batchSize-wrong">[^<]*from 1 to 500, the number of training rows, or full/)
    expect(control('momentum')).toMatch(/value="0"/)
    expect(control('seeds')).toMatch(/value="30"/)
    expect(page).toMatch(/<input type="radio" name="dataset" value="moons" checked/)
    // The page's own: what looks at the browser, what notices a newer site, and what makes the page live.
    expect(await countElements('script', page)).toBe(3)
  })

  it('says which experiment is pinned and which settings are frozen, without JavaScript', async () => {
    const page = await (await get('/playground?epochs=2&batchSize=FULL&pin=epochs%3D2&lock=epochs&lock=dataset')).text()
    expect(page).toMatch(/class="side side-a"[^>]*><b>A<\/b> batch size 32<\/a>.*<b>B<\/b> full batch \(500\)<\/a>/s)
    expect(page).toContain('href="/playground?epochs=2&amp;lock=epochs%2Cdataset">A alone')
    expect(page).toContain('With seed 1, full batch (500) compared with batch size 32')
    // Both are in the page's own drawings.
    expect(page).toMatch(/class="line side-a".*class="line side-b"/s)
    expect(page).toMatch(
      /froze [^<]*epochs[^<]*Anyone may <a rel="nofollow" href="\/playground\?batchSize=full&amp;epochs=2&amp;pin=epochs%3D2">/,
    )
    expect(page).toMatch(/<input id="set-epochs"[^>]* readonly/)
  })

  it('sends a frozen choice along with its form', async () => {
    const page = await (await get('/playground?epochs=2&dataset=moons&lock=dataset')).text()
    const [form] = /<form class="settings".*?<\/form>/s.exec(page)!
    // What a browser sends: neither sliders, which have no name, nor what is disabled.
    const fields = Array.from(form.matchAll(/<input (?![^>]*(type="range"| disabled))[^>]*>/g), ([input]) => [
      /name="(\w+)"/.exec(input)![1]!,
      /value="([^"]*)"/.exec(input)?.[1]?.replaceAll('&amp;', '&') ?? '',
    ])
    const response = await get(`/playground?${new URLSearchParams(fields)}`, { redirect: 'manual' })
    expect([response.status, header(response, 'Location')]).toEqual([
      302,
      '/playground?dataset=moons&epochs=2&lock=dataset',
    ])
  })

  it('keeps the settings of an experiment that is too much, and says which of them to lower', async () => {
    const response = await get('/playground?batchSize=1&seeds=200&hiddenUnits=128-128')
    expect(response.status).toBe(422)
    const page = await response.text()
    expect(page).toMatch(/<input id="set-hiddenUnits" [^>]*value="128-128"/)
    expect(page).toMatch(/What fits: .*>\d+ epochs<.*>\d+ seeds</)
  })
})

describe('what cannot be served', () => {
  const problem = async (path: string, init?: RequestInit) => {
    const response = await get(path, init)
    expect(header(response, 'Content-Type')).toBe('application/problem+json')
    expect(header(response, 'Cache-Control')).toBe('no-store')
    expect(header(response, 'Access-Control-Allow-Origin')).toBe('*')
    const body = await response.json<{ status: number; title: string; detail: string; errors?: unknown[] }>()
    expect(body.status).toBe(response.status)
    expect(JSON.stringify(body)).not.toMatch(/\bat .*\.tsx?|stack/)
    return { response, body }
  }

  it.each([
    ['foo=1', 400, 'foo'],
    ['epochs=5&epochs=5', 400, 'epochs'],
    ['batchSize=0', 422, 'batchSize'],
    ['batchSize=501', 422, 'batchSize'],
    ['epochs=1e9', 422, 'epochs'],
    ['learningRate=NaN', 400, 'learningRate'],
    ['hiddenUnits=50-', 400, 'hiddenUnits'],
    ['seeds=200&epochs=2000', 422, 'seeds'],
    ['batchSize=1&seeds=200&hiddenUnits=128-128', 422, 'epochs'],
    ['histories=x', 400, 'histories'],
  ])('%s is %i and names %s', async (query, status, field) => {
    const before = (await env.RESULTS.list()).keys.length
    for (const path of ['/api/experiments', '/charts/learning-curves.svg', '/api/dataset']) {
      const { response, body } = await problem(`${path}?${query}`)
      expect(response.status).toBe(status)
      expect(body.errors).toContainEqual(expect.objectContaining({ field, expected: expect.any(String) }))
    }
    expect((await env.RESULTS.list()).keys.length).toBe(before)
  })

  it('is 404 for an unknown path', async () => {
    for (const path of ['/api/nope', '/charts/nope.svg', '/api/experiments/nope'])
      expect((await problem(path)).response.status).toBe(404)
  })

  it('is 405 for a wrong method, with the right ones', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
      const { response } = await problem('/api/experiments', { method })
      expect([response.status, header(response, 'Allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
    }
  })

  it('is 414 for a long URL', async () => {
    expect((await problem(`/api/experiments?noise=${'1'.repeat(9000)}`)).response.status).toBe(414)
  })
})

it('a browser on another site may read everything', async () => {
  const preflight = await get('/api/experiments', {
    method: 'OPTIONS',
    headers: { Origin: 'https://example.com', 'Access-Control-Request-Method': 'GET' },
  })
  expect([preflight.status, header(preflight, 'Access-Control-Allow-Methods')]).toEqual([204, 'GET,HEAD'])
})

import { createHash } from 'node:crypto'
import { globSync } from 'node:fs'

import { beforeAll, describe, expect, inject, it } from 'vitest'

const served = inject('served')
/** Every address there is: of every documented route, of every file of the site, and of what is not there. */
let addresses: string[]
beforeAll(async () => {
  const { paths } = (await (await fetch(`${served}/api/openapi.json`)).json()) as { paths: Record<string, unknown> }
  const files = globSync('**/*.*', { cwd: 'site/dist' }).map((file) => `/${file.replace(/(index)?\.html$/, '')}`)
  const errors = ['/404', '/nothing', '/api/nothing', '/charts/nothing.svg', '/api/', '/api/experiments?epochs=x']
  addresses = [...Object.keys(paths), ...files, ...errors, '/embed?epochs=0', '/playground?epochs=0']
}, 90_000)

/** The directives of an answer's policy. */
function policyOf({ headers }: Response): Record<string, string[]> {
  const directives = headers.get('Content-Security-Policy')?.split('; ') ?? []
  return Object.fromEntries(directives.map((directive) => directive.split(' ')).map(([name, ...of]) => [name!, of]))
}

/** Asks every address with some methods. */
async function everywhere(check: (address: string, response: Response) => void | Promise<void>): Promise<void> {
  for (const address of addresses)
    for (const method of ['GET', 'HEAD', 'POST'])
      await check(`${method} ${address}`, await fetch(served + address, { method, redirect: 'manual' }))
}

const embed = /^\w+ \/embed/

/** Who may show it: pages of every origin what is data, a picture of it, `/embed` or what that needs; this site all else. */
const reachOf = (address: string) =>
  /^\w+ \/(api\/|charts[/.]|cards\/|_astro\/|favicon\.|oembed$|embed\b)/.test(address) ? 'cross-origin' : 'same-origin'

describe('every answer and every file', () => {
  it('has all security headers', async () => {
    expect(addresses.length).toBeGreaterThan(20)
    await everywhere((address, { status, headers }) => {
      expect([address, status]).not.toEqual([address, 500])
      expect([address, Object.fromEntries(headers)]).toEqual([
        address,
        expect.objectContaining({
          'content-security-policy': expect.stringMatching(/^default-src 'none'; /),
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'strict-origin-when-cross-origin',
          'strict-transport-security': 'max-age=63072000',
          'cross-origin-opener-policy': 'same-origin',
          'cross-origin-resource-policy': reachOf(address),
          ...(embed.test(address) ? { 'cross-origin-embedder-policy': 'require-corp' } : {}),
          'permissions-policy': expect.stringContaining('camera=(), geolocation=(), microphone=()'),
        }),
      ])
    })
  }, 60_000)

  it('lets nothing run that is not the site’s own, or known by its hash', async () => {
    await everywhere((address, response) => {
      const policy = policyOf(response)
      const scripts = policy['script-src'] ?? []
      const isScript = address.includes('/_astro/')
      const allowed = isScript ? /^('self'|'wasm-unsafe-eval')$/ : /^('self'|'sha256-[\w+/=]+')$/
      for (const source of [...scripts, ...(policy['style-src'] ?? [])])
        expect([address, source]).toEqual([address, expect.stringMatching(allowed)])
      expect([address, policy['base-uri']]).toEqual([address, ["'none'"]])
      expect([address, response.headers.get('Content-Security-Policy')]).not.toEqual([
        address,
        expect.stringMatching(/unsafe-inline|'unsafe-eval'|https?:/),
      ])
    })
  }, 60_000)

  it('can be framed by other sites only where it is /embed', async () => {
    await everywhere((address, response) => {
      const framing = [policyOf(response)['frame-ancestors'], response.headers.get('X-Frame-Options')]
      expect([address, framing]).toEqual([address, embed.test(address) ? [['*'], null] : [["'none'"], 'DENY']])
    })
  }, 60_000)

  it('names the hash of everything that stands inline, and has no inline handlers or styles', async () => {
    let count = 0
    for (const address of addresses) {
      const response = await fetch(served + address)
      const type = response.headers.get('Content-Type') ?? ''
      if (!/html|svg/.test(type)) continue
      const text = await response.text()
      const policy = policyOf(response)
      for (const [, name, attributes, inline] of text.matchAll(/<(script|style)\b([^>]*)>(.*?)<\/\1>/gs)) {
        if (/\ssrc=/.test(attributes!)) continue
        const hash = createHash('sha256').update(inline!).digest('base64')
        expect([address, name, policy[`${name}-src`]]).toEqual([
          address,
          name,
          expect.arrayContaining([`'sha256-${hash}'`]),
        ])
        count++
      }
      expect([address, /<[^>]*\s(style|on\w+)=/.exec(text)?.[0]]).toEqual([address, undefined])
    }
    expect(count).toBeGreaterThan(3)
  }, 60_000)
})

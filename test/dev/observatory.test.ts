/**
 * The rules of the MDN HTTP Observatory, as it stood in version 1.4.8, for every kind of page. The scanner itself needs a
 * public address; what it reads are these headers. Two of its rules are the host's: that plain HTTP leads to HTTPS, and
 * that the certificate is good.
 */
import { globSync } from 'node:fs'

import { beforeAll, expect, inject, it } from 'vitest'

const served = inject('served')

type Directives = Map<string, string[]>

/** What the scanner looks at. */
interface Scanned {
  headers: Headers
  policy: Directives
  html: string
}

const sources = (policy: Directives, directive: string) => policy.get(directive) ?? policy.get('default-src') ?? ['*']
const isBroad = (source: string) => /^(\*|(ftp|https?):(\/\/\*(\.\*)?)?)$/.test(source)

/** Content-Security-Policy: 10 for nothing by default and forms that stay, 5 for nothing unsafe; else it costs. */
function scorePolicy({ policy }: Scanned): number {
  if (policy.size === 0) return -25
  const [scripts, styles, objects] = ['script-src', 'style-src', 'object-src'].map((name) => sources(policy, name))
  if (scripts!.some((source) => isBroad(source) || /^('unsafe-inline'|data:)$/.test(source))) return -20
  if (objects!.some(isBroad)) return -20
  if ([...scripts!, ...styles!].includes("'unsafe-eval'")) return -10
  if (styles!.some((source) => isBroad(source) || /^('unsafe-inline'|data:)$/.test(source))) return 0
  const isNothing = String(policy.get('default-src')) === "'none'" && String(policy.get('base-uri')) === "'none'"
  return isNothing && /^'(none|self)'$/.test(String(policy.get('form-action'))) ? 10 : 5
}

const rules: Record<string, (scanned: Scanned) => number> = {
  'content-security-policy': scorePolicy,
  cookies: ({ headers }) => (headers.getSetCookie().length ? -40 : 0),
  'cross-origin-resource-sharing': ({ headers }) => (headers.has('Access-Control-Allow-Credentials') ? -50 : 0),
  'referrer-policy': ({ headers }) =>
    /^(no-referrer|same-origin|strict-origin|strict-origin-when-cross-origin)$/.test(
      headers.get('Referrer-Policy') ?? '',
    )
      ? 5
      : -5,
  'strict-transport-security': ({ headers }) => {
    const age = Number(/max-age=(\d+)/.exec(headers.get('Strict-Transport-Security') ?? '')?.[1] ?? -1)
    return age < 0 ? -20 : age < 15_768_000 ? -10 : 0
  },
  'subresource-integrity': ({ html }) =>
    [...html.matchAll(/<script\b[^>]*\bsrc="([^"]*)"/g)].every(([, src]) => /^\/[^/]/.test(src!)) ? 0 : -50,
  'x-content-type-options': ({ headers }) => (headers.get('X-Content-Type-Options') === 'nosniff' ? 0 : -5),
  'x-frame-options': ({ headers, policy }) =>
    policy.has('frame-ancestors') ? 5 : /^(DENY|SAMEORIGIN)$/.test(headers.get('X-Frame-Options') ?? '') ? 0 : -20,
  'cross-origin-resource-policy': ({ headers }) =>
    ({ 'same-origin': 10, 'same-site': 10, 'cross-origin': 0 })[headers.get('Cross-Origin-Resource-Policy') ?? ''] ?? 0,
}

/** What each rule adds to 100. Extra points count only where nothing is lost by more than ten: from 90 on. */
function scoresOf(scanned: Scanned): { points: Record<string, number>; score: number } {
  const points = Object.fromEntries(Object.entries(rules).map(([name, rule]) => [name, rule(scanned)]))
  const sum = (kept: (of: number) => boolean) =>
    Object.values(points).reduce((all, of) => all + (kept(of) ? of : 0), 100)
  const lost = sum((of) => of < 0)
  return { points, score: lost < 90 ? lost : sum(() => true) }
}

function policyOf(headers: Headers): Directives {
  const text = headers.get('Content-Security-Policy') ?? ''
  const directives = text.split(';').map((directive) => directive.trim().split(/\s+/))
  return new Map(directives.filter(([name]) => name).map(([name, ...of]) => [name!, of]))
}

let pages: string[]
beforeAll(() => {
  const files = globSync('**/*.html', { cwd: 'site/dist' }).map((file) => `/${file.replace(/(index)?\.html$/, '')}`)
  const others = ['/playground?epochs=0', '/embed?epochs=0', '/no/such/page', '/api/experiments?epochs=x']
  pages = [
    ...files,
    ...others,
    '/charts/learning-curves.svg?epochs=9',
    '/api/presets',
    '/cards/experiment.png?epochs=9',
  ]
})

it('every page, answer and error has an A+: at least 100 points, and no rule takes one', async () => {
  expect(pages.length).toBeGreaterThan(15)
  for (const path of pages) {
    const response = await fetch(served + path)
    const { headers } = response
    const { points, score } = scoresOf({ headers, policy: policyOf(headers), html: await response.text() })
    expect([path, points, score]).toEqual([path, points, expect.toSatisfy((of: number) => of >= 100)])
    expect([path, Object.entries(points).filter(([, of]) => of < 0)]).toEqual([path, []])
  }
})

it('an answer with none of these headers has no A+, and each fault costs what the table says', () => {
  const bare = { headers: new Headers(), policy: new Map(), html: '' }
  expect(scoresOf(bare).score).toBe(100 - 25 - 5 - 20 - 5 - 20)
  const unsafe = policyOf(new Headers({ 'Content-Security-Policy': "default-src 'none'; script-src 'unsafe-inline'" }))
  expect(scorePolicy({ ...bare, policy: unsafe })).toBe(-20)
  expect(rules['subresource-integrity']!({ ...bare, html: '<script src="//cdn.example/x.js">' })).toBe(-50)
})

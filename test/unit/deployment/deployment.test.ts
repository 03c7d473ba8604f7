/** What a deployment asks for, and what it refuses to publish. */
import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { withoutLimits } from '../../../worker/deployment/free-plan.ts'
import { publicationWarning } from '../../../worker/deployment/published-url.ts'
import { checkRequirements, type DeploymentState } from '../../../worker/deployment/requirements.ts'
import { siteAddress } from '../../../worker/deployment/site-url.ts'

describe('the address of a build', () => {
  it('is the local one only where nothing is published', () => {
    for (const command of [undefined, 'dev', 'types'])
      expect(siteAddress({ WRANGLER_COMMAND: command })).toBe('http://localhost:8787')
    for (const command of ['deploy', 'versions upload'])
      expect(() => siteAddress({ WRANGLER_COMMAND: command, SITE_URL: '' })).toThrow(/^SITE_URL is missing: /)
  })

  it('is what SITE_URL says, as an origin', () => {
    const published = (SITE_URL: string) => siteAddress({ SITE_URL, WRANGLER_COMMAND: 'deploy' })
    expect(published('https://minibatch.example')).toBe('https://minibatch.example')
    expect(published('https://Minibatch.example:8443/')).toBe('https://minibatch.example:8443')
  })

  it.each([
    ['minibatch.example', /no web address/],
    ['ftp://minibatch.example', /no web address/],
    ['https://minibatch.example/lesson', /stands at the root: https:\/\/minibatch\.example$/],
    ['https://minibatch.example/?a', /stands at the root/],
    ['http://minibatch.example', /not safely/],
    ['https://localhost:8787', /nobody else can open/],
    ['https://127.0.0.1', /nobody else can open/],
    ['https://[::1]', /nobody else can open/],
    ['https://10.0.0.1', /nobody else can open/],
    ['https://192.168.1.4:8787', /nobody else can open/],
    ['https://lesson', /nobody else can open/],
    ['https://lesson.local', /nobody else can open/],
  ])('is never %s in a deployment', (SITE_URL, words) => {
    expect(() => siteAddress({ SITE_URL, WRANGLER_COMMAND: 'deploy' })).toThrow(words)
  })

  it('is asked of this by the site’s build', () => {
    expect(readFileSync('site/astro.config.mjs', 'utf8')).toContain('site: siteAddress(process.env)')
  })
})

it('the configuration for the Free plan has no limit of CPU time, and all else', () => {
  const toml = readFileSync('wrangler.toml', 'utf8')
  expect(toml).toContain('cpu_ms = 20000')
  const free = withoutLimits(toml)
  expect(free).not.toMatch(/\[limits\]|cpu_ms =/)
  expect(toml.length - free.length).toBe('[limits]\ncpu_ms = 20000\n'.length)
  expect(() => withoutLimits(free)).toThrow('no limits')
})

describe('where a deployment was published', () => {
  const output = [
    'Uploaded minibatch (4.20 sec)',
    'Deployed minibatch triggers (0.31 sec)',
    '  https://minibatch.someone.workers.dev',
    '  lesson.example (custom domain)',
    'Current Version ID: 5f0c',
  ].join('\n')

  it.each(['https://minibatch.someone.workers.dev', 'https://lesson.example'])(
    'may be %s, as wrangler says',
    (site) => {
      expect(publicationWarning(site, output)).toBeUndefined()
    },
  )

  it.each(['https://minibatch.sumone.workers.dev', 'https://lesson.example.org', 'https://example'])(
    'is not %s: that is said, with the addresses',
    (site) => {
      expect(publicationWarning(site, output)).toBe(
        `The pages name ${site}, but it was published at https://minibatch.someone.workers.dev and https://lesson.example. ` +
          'Set SITE_URL to one of those and deploy again.',
      )
    },
  )

  it('is not known where wrangler names no address', () => {
    expect(publicationWarning('https://lesson.example', 'Uploaded minibatch')).toMatch(/^wrangler named no address/)
  })
})

describe('npm run deploy', () => {
  const facts: DeploymentState = {
    siteUrl: 'https://minibatch.example',
    domains: [],
    namespaceId: undefined,
    isLoggedIn: true,
    isDryRun: false,
  }

  it('begins where everything is there', () => {
    expect(checkRequirements(facts)).toEqual({
      siteUrl: 'https://minibatch.example',
      fine: [
        'Logged in to Cloudflare.',
        'wrangler.toml names no KV namespace: the first deployment makes one, and later ones find it.',
        'The site’s address is https://minibatch.example (SITE_URL).',
      ],
      missing: [],
    })
  })

  it('says everything that is missing at once, and how to give it', () => {
    const { siteUrl, missing } = checkRequirements({ ...facts, siteUrl: undefined, isLoggedIn: false })
    expect(siteUrl).toBeUndefined()
    expect(missing).toEqual([
      expect.stringContaining('npx wrangler login'),
      expect.stringContaining('SITE_URL=https://'),
    ])
  })

  it('takes the address from a custom domain, unless SITE_URL says another', () => {
    const own = { ...facts, domains: ['lesson.example'] }
    expect(checkRequirements({ ...own, siteUrl: undefined }).siteUrl).toBe('https://lesson.example')
    expect(checkRequirements(own).siteUrl).toBe('https://minibatch.example')
  })

  it('needs nobody and no address for a dry run, but no wrong one either', () => {
    const dry = { ...facts, siteUrl: undefined, isLoggedIn: false, isDryRun: true }
    expect(checkRequirements(dry)).toMatchObject({ siteUrl: 'https://minibatch.example', missing: [] })
    expect(checkRequirements({ ...dry, siteUrl: 'http://localhost:8787' }).missing).toHaveLength(1)
  })

  it('names the namespace that it keeps numbers in', () => {
    expect(checkRequirements({ ...facts, namespaceId: 'abc' }).fine).toContain(
      'Numbers are kept in the KV namespace abc.',
    )
  })
})

/** The OpenAPI document in the linters that people run: their recommended rules find nothing. */
import { execFile } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

import spectral from '@stoplight/spectral-core'
import { oas } from '@stoplight/spectral-rulesets'
import { beforeAll, describe, expect, inject, it } from 'vitest'

let document: string
beforeAll(async () => {
  document = await (await fetch(`${inject('served')}/api/openapi.json`)).text()
}, 90_000)

/** What Redocly's CLI finds. */
async function byRedocly(text: string): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'minibatch-openapi-'))
  const file = join(folder, 'openapi.json')
  writeFileSync(file, text)
  const redocly = join(process.cwd(), 'node_modules/.bin/redocly')
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }
  const { stdout } = await promisify(execFile)(
    redocly,
    ['lint', '--extends=recommended', '--format=json', '--max-problems=1000', file],
    { cwd: folder, env, maxBuffer: 2 ** 26 },
  ).catch((error: { stdout: string }) => error)
  const { problems } = JSON.parse(stdout) as { problems: { ruleId: string; message: string }[] }
  return problems.map(({ ruleId, message }) => `${ruleId}: ${message}`)
}

/** What Spectral finds. */
async function bySpectral(text: string): Promise<string[]> {
  const linter = new spectral.Spectral()
  linter.setRuleset({ extends: [[oas as never, 'recommended']] })
  const problems = await linter.run(JSON.parse(text) as Record<string, unknown>)
  return problems.map(({ code, message, path }) => `${code}: ${message} (${path.join('/')})`)
}

describe.each([
  ['Redocly', byRedocly],
  ['Spectral', bySpectral],
])('%s', (_, lint) => {
  it('finds nothing in the document', async () => {
    expect(await lint(document)).toEqual([])
  }, 60_000)

  it('does look: it finds what a worse document lacks', async () => {
    const { security: _security, tags: _tags, ...worse } = JSON.parse(document) as Record<string, unknown>
    worse['components'] = {}
    expect((await lint(JSON.stringify(worse))).length).toBeGreaterThan(1)
  }, 60_000)
})

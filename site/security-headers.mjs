/** Writes the security headers of every page and file, with the hashes of what stands inline in pages and drawings. */
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { hashedFiles } from '../worker/security/cache-control.ts'
import { inlineHash, siteHeaders } from '../worker/security/security-headers.ts'

/** Cloudflare reads so many characters of a line. */
const longestLine = 2000
/** Cloudflare reads so many rules. */
const mostRules = 100

/** @returns {import('astro').AstroIntegration} */
export function securityHeaders() {
  return {
    name: 'security-headers',
    hooks: {
      'astro:build:done': async ({ dir }) => {
        const folder = fileURLToPath(dir)
        const pages = globSync('**/*.{html,svg}', { cwd: folder }).map((file) => readFileSync(folder + file, 'utf8'))
        const inline = { scripts: await hashes(pages, 'script'), styles: await hashes(pages, 'style') }
        const hashed = globSync('_astro/*', { cwd: folder }).toSorted()
        const rules = siteHeaders(inline)
        const count = rules.size + hashed.length
        if (count > mostRules) throw new Error(`${count} rules: _headers has room for ${mostRules}`)
        writeFileSync(`${folder}_headers`, headersFile(rules) + keepingOf(hashed))
      },
    },
  }
}

/**
 * Each file with a hash in its name, by name: a rule for the folder would also hold for a file that is not there, and
 * browsers would keep the error for a year.
 *
 * @param {string[]} files
 */
function keepingOf(files) {
  const lines = Object.entries(hashedFiles).map(([name, value]) => `  ${name}: ${value}\n`)
  return files.map((file) => `/${file}\n${lines.join('')}`).join('')
}

/**
 * The hashes of all inline elements of a kind.
 *
 * @param {string[]} pages
 * @param {'script' | 'style'} element
 */
async function hashes(pages, element) {
  const inline = new RegExp(`<${element}\\b(?![^>]*\\ssrc=)[^>]*>([^]*?)</${element}>`, 'g')
  const texts = pages.flatMap((page) => [...page.matchAll(inline)].map(([, text = '']) => text))
  return Promise.all([...new Set(texts)].map(inlineHash))
}

/**
 * Rules in the format of Cloudflare's `_headers`. A later rule first removes what an earlier one has set: values of one
 * name would be joined.
 *
 * @param {ReturnType<typeof siteHeaders>} rules
 */
function headersFile(rules) {
  const [everywhere] = rules.values()
  const lines = [...rules].flatMap(([path, headers], index) => [
    path,
    ...(index === 0 ? [] : Object.keys(everywhere ?? {}).map((name) => `  ! ${name}`)),
    ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`),
  ])
  const long = lines.find((line) => line.length > longestLine)
  if (long) throw new Error(`too many inline scripts or styles for ${long.slice(0, 40)}`)
  return `${lines.join('\n')}\n`
}

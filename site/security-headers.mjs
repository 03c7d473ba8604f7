/**
 * An Astro integration that writes the security headers of every page and file to Cloudflare's `_headers`, with the
 * hashes of inline scripts and styles in pages and drawings.
 */
import { globSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { hashedFiles } from '../worker/security/cache-control.ts'
import { inlineHash, siteHeaders } from '../worker/security/security-headers.ts'

/** The most characters that Cloudflare reads of a line. */
const longestLine = 2000
/** The most rules that Cloudflare reads. */
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
        const rules = siteHeaders(inline)
        // Where there is no room for all, browsers ask again for the smallest, and are told that they have not changed.
        const size = (/** @type {string} */ file) => statSync(folder + file).size
        const hashed = globSync('_astro/*', { cwd: folder }).toSorted((a, b) => size(b) - size(a) || (a < b ? -1 : 1))
        writeFileSync(`${folder}_headers`, headersFile(rules) + keepingOf(hashed.slice(0, mostRules - rules.size)))
      },
    },
  }
}

/**
 * The cache rules of files with a hash in their name, listed one by one. A rule for the folder would also apply to
 * missing files, and browsers would cache the error for a year. The tables are sent as text, because Cloudflare does
 * not compress `application/octet-stream`; whoever fetches them reads bytes.
 *
 * @param {string[]} files
 */
function keepingOf(files) {
  const lines = Object.entries(hashedFiles).map(([name, value]) => `  ${name}: ${value}\n`)
  /** @param {string} file */
  const asText = (file) => (file.endsWith('.bin') ? '  Content-Type: text/plain\n' : '')
  return files.map((file) => `/${file}\n${lines.join('')}${asText(file)}`).join('')
}

/**
 * The hashes of all inline elements of one kind.
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
 * The rules in the format of Cloudflare's `_headers`. A later rule first removes what an earlier one has set, because
 * values of the same header would be joined.
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

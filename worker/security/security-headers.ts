/**
 * What a browser may do with an answer: one table for the Worker's answers and for the site's files.
 *
 * Nothing inline runs that is not named by its hash, nothing is loaded from elsewhere, and only `/embed` may be framed.
 * Data, charts and cards may be shown by pages of every origin, also by those that isolate themselves. So may `/embed`, and
 * the styles, scripts and fonts that it needs: in a sandboxed frame its origin is an opaque one, to which this site is
 * another. They are public, and no page could learn anything from them. All other pages are for this site alone.
 * WebAssembly is compiled in web workers alone. A worker obeys the policy of its own file, not that of the page.
 */

type Headers = Readonly<Record<string, string>>

/** Hashes of what stands inline, as `'sha256-…'`. */
export interface Inline {
  scripts: readonly string[]
  styles: readonly string[]
}

/** The page that other sites may frame. */
const framablePage = '/embed'
/** The social cards that the site's build draws. */
const cardsFolder = '/cards/*'
/** Where the site's build puts scripts, those of web workers among them, styles and fonts: each with a hash in its name. */
const scriptsFolder = '/_astro/*'
/** What `/embed` needs beside them: the styles of charts, and the icons. */
const sharedFiles = ['/charts.css', '/favicon.svg', '/favicon.png']

const common = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  // Two years. Of the deployer's other hosts it says nothing: they are not ours to decide about.
  'Strict-Transport-Security': 'max-age=63072000',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': ['camera', 'geolocation', 'microphone', 'payment', 'usb'].map((use) => `${use}=()`).join(', '),
}

/** The headers of data and of charts: read, never run. A chart that is a file of its own brings its styles along. */
export function answerHeaders({ styles }: Pick<Inline, 'styles'>): Headers {
  return protect({ 'style-src': styles, 'img-src': ['data:'] }, { isPublic: true })
}

/** The headers of the site's files, by the pattern of their path. The more special come last, and replace the others. */
export function siteHeaders({ scripts, styles }: Inline): ReadonlyMap<string, Headers> {
  const page = {
    'script-src': ["'self'", ...scripts],
    'style-src': ["'self'", ...styles],
    'img-src': ["'self'", 'data:'],
    'font-src': ["'self'"],
    'connect-src': ["'self'"],
    'worker-src': ["'self'"],
    'form-action': ["'self'"],
  }
  return new Map([
    ['/*', protect(page)],
    [framablePage, protect(page, { isFramable: true, isPublic: true })],
    [cardsFolder, protect(page, { isPublic: true })],
    ...sharedFiles.map((file) => [file, protect({}, { isPublic: true })] as const),
    [
      scriptsFolder,
      protect({ 'script-src': ["'self'", "'wasm-unsafe-eval'"], 'connect-src': ["'self'"] }, { isPublic: true }),
    ],
  ])
}

/** All headers around a Content-Security-Policy's directives. */
function protect(
  directives: Readonly<Record<string, readonly string[]>>,
  { isFramable = false, isPublic = false } = {},
): Headers {
  const allowed = Object.entries(directives).filter(([, sources]) => sources.length > 0)
  const policy = [
    "default-src 'none'",
    ...allowed.map(([directive, sources]) => `${directive} ${sources.join(' ')}`),
    ...('form-action' in directives ? [] : ["form-action 'none'"]),
    "base-uri 'none'",
    `frame-ancestors ${isFramable ? '*' : "'none'"}`,
  ]
  return {
    ...common,
    'Content-Security-Policy': policy.join('; '),
    'Cross-Origin-Resource-Policy': isPublic ? 'cross-origin' : 'same-origin',
    // A page that isolates itself frames only pages that do.
    ...(isFramable ? { 'Cross-Origin-Embedder-Policy': 'require-corp' } : { 'X-Frame-Options': 'DENY' }),
  }
}

/** The hash by which a policy names something inline: `'sha256-…'`. */
export async function inlineHash(text: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return `'sha256-${btoa(String.fromCharCode(...hash))}'`
}

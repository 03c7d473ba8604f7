/**
 * The security headers of all responses: one table for the Worker's responses and for the site's files.
 *
 * Inline code runs only if its hash is listed, nothing is loaded from other origins, and only `/embed` may be framed.
 * Data, charts and cards may be embedded by pages of every origin, including cross-origin isolated ones. The same holds
 * for `/embed` and the styles, scripts and fonts that it needs: in a sandboxed frame its origin is opaque, so this site
 * counts as another origin. These files are public, and no page could learn anything from them. All other pages are for
 * this site only. WebAssembly is compiled only in web workers. A worker obeys the policy of its own file, not that of
 * the page.
 */

type Headers = Readonly<Record<string, string>>

/** Hashes of inline scripts and styles, as `'sha256-…'`. */
export interface Inline {
  scripts: readonly string[]
  styles: readonly string[]
}

/** The page that other sites may frame. */
const framablePage = '/embed'
/** The social cards that the site's build draws. */
const cardsFolder = '/cards/*'
/**
 * The folder into which the site's build writes scripts (including those of web workers), styles and fonts, each with a
 * hash in its name.
 */
const scriptsFolder = '/_astro/*'
/** The other files that `/embed` needs: the styles of charts, and the icons. */
const sharedFiles = ['/charts.css', '/favicon.svg', '/favicon.png']

const common = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  // Two years, without `includeSubDomains`: the deployer's other hosts are not ours to decide about.
  'Strict-Transport-Security': 'max-age=63072000',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': ['camera', 'geolocation', 'microphone', 'payment', 'usb'].map((use) => `${use}=()`).join(', '),
}

/** The headers of data and charts, which are never executed. A standalone chart contains its styles inline. */
export function answerHeaders({ styles }: Pick<Inline, 'styles'>): Headers {
  return protect({ 'style-src': styles, 'img-src': ['data:'] }, { isPublic: true })
}

/** The headers of the site's files by path pattern. More specific patterns come last and replace the others. */
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
      protect(
        { 'script-src': ["'self'", "'wasm-unsafe-eval'"], 'connect-src': ["'self'"] },
        { isPublic: true, isIsolated: true },
      ),
    ],
  ])
}

/** All headers for the directives of a Content-Security-Policy. */
function protect(
  directives: Readonly<Record<string, readonly string[]>>,
  { isFramable = false, isPublic = false, isIsolated = false } = {},
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
    // A cross-origin isolated page can only frame pages that are isolated, too, and these only start such workers.
    ...(isFramable || isIsolated ? { 'Cross-Origin-Embedder-Policy': 'require-corp' } : {}),
    ...(isFramable ? {} : { 'X-Frame-Options': 'DENY' }),
  }
}

/** The hash source expression of an inline script or style: `'sha256-…'`. */
export async function inlineHash(text: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return `'sha256-${btoa(String.fromCharCode(...hash))}'`
}

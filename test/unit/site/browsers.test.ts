/** The built site uses what the supported browsers have. */
import { globSync, readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { supportedBrowsers, supportedInWords } from '../../../site/src/build/browsers.ts'
import { builtPages } from '../../support/built-pages.ts'
import { declarationsOf, missingInScript, missingInStyles } from '../../support/compatibility.ts'

const { Safari: safari, Chrome: chrome, Firefox: firefox } = supportedBrowsers
const versions = { safari, safari_ios: safari, chrome, firefox }

/** Methods of the product's own, or of a library, that share their name with a newer one of browsers. */
const ownMethods = [
  'dispose',
  'draw',
  'drop',
  'forget',
  'grow',
  'lines',
  'number',
  'range',
  'retry',
  'run',
  'take',
  'unit',
  'when',
]

/** What scripts use where it is there, and what they do without. */
const withoutInScripts: Record<string, string> = {
  '.showPopover()': 'the bar with the ways back is at the end of the page, where nothing contains it',
  CompressionStream: 'there is no link with the table in it, which is said',
  DecompressionStream: 'a link with a table in it asks for the file',
  '.share()': 'the button is there where the system has a sheet for sharing',
  'Error.captureStackTrace': 'zod asks for it first',
}

/** What style sheets use, and how a page looks without. */
const withoutInStyles: Record<string, string> = {
  '@container': 'the narrowest drawing is shown, to a width at which it can be read, until the live one takes over',
  'container-type': 'as @container',
  'container-type: inline-size': 'as @container',
  '@media forced-colors': 'such a browser forces no colors',
  'forced-color-adjust': 'as forced-colors',
  'forced-color-adjust: none': 'as forced-colors',
  '@media scripting': 'the button of the form stays beside live settings',
  ':has': 'the button stays, and the parts of the playground keep the order of the page',
  ':details-content': 'answers are printed closed',
  'content-visibility': 'as ::details-content',
  'content-visibility: visible': 'as ::details-content',
  'text-wrap': 'headings break where they are full',
  'text-wrap: balance': 'as text-wrap',
  'text-size-adjust': 'a prefixed one stands beside it for Safari',
  'text-decoration: dotted': 'the build writes a prefixed one before it for Safari',
  'align-content: start': 'grids alone have it, where it is older',
  'user-select': 'the veiled result of a question can be selected',
  'text-wrap: wrap': 'as text-wrap',
  'container-type: size': 'the plane is as wide as its column, which scrolls',
  'container-type: normal': 'as container-type: size',
  'overscroll-behavior': 'the page scrolls on where a list in it ends',
  'overscroll-behavior: contain': 'as overscroll-behavior',
  'overscroll-behavior-x': 'as overscroll-behavior',
  'overscroll-behavior-x: contain': 'as overscroll-behavior',
  'scrollbar-width': 'scroll bars are as wide as those of the system',
  'scrollbar-width: thin': 'as scrollbar-width',
  hyphens: 'the build writes a prefixed one before it for Safari',
  'break-after: avoid': 'printed headings may stand at the end of a page',
  'cursor: pointer': 'a telephone has no pointer',
  'cursor: default': 'a telephone has no pointer',
  'cursor: not-allowed': 'a telephone has no pointer',
}

const scripts = globSync('site/dist/_astro/*.js').map((file) => [file, readFileSync(file, 'utf8')] as const)
const inline = builtPages().flatMap(({ path, html }) =>
  Array.from(
    html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([^]*?)<\/script>/g),
    ([, code = ''], index) => [`script ${index + 1} of ${path}`, code] as const,
  ),
)
const sheets = globSync('site/dist/**/*.css').map((file) => [file, readFileSync(file, 'utf8')] as const)

/** What each file has that is missing somewhere. */
const scriptsMissing = new Map([...scripts, ...inline].map(([name, code]) => [name, missingInScript(code, versions)]))
const sheetsMissing = new Map(sheets.map(([name, css]) => [name, missingInStyles(css, versions)]))

describe('the supported browsers', () => {
  it.each([...scriptsMissing])('have all that %s uses', (_, missing) => {
    const known = new Set([...ownMethods.map((name) => `.${name}()`), ...Object.keys(withoutInScripts)])
    expect(Object.entries(missing).filter(([name]) => !known.has(name))).toEqual([])
  })

  it.each([...sheetsMissing])('have all of %s that a page cannot do without', (_, missing) => {
    expect(Object.entries(missing).filter(([name]) => !(name in withoutInStyles))).toEqual([])
  })

  it('are asked for nothing else: every exception is one', () => {
    const inScripts = new Set([...scriptsMissing.values()].flatMap((missing) => Object.keys(missing)))
    const inStyles = new Set([...sheetsMissing.values()].flatMap((missing) => Object.keys(missing)))
    expect(Object.keys(withoutInScripts).filter((name) => !inScripts.has(name))).toEqual([])
    expect(ownMethods.filter((name) => !inScripts.has(`.${name}()`))).toEqual([])
    expect(Object.keys(withoutInStyles).filter((name) => !inStyles.has(name))).toEqual([])
  })

  it('are named on the page about the site, and in the README', () => {
    expect(builtPages().find(({ path }) => path === '/about')!.html).toContain(`${supportedInWords} and later`)
    expect(readFileSync('README.md', 'utf8')).toContain(`${supportedInWords} and later`)
  })
})

describe('underlines', () => {
  it.each(sheets)('of %s are not lost in Safari before 26.2, which drops a shorthand with a thickness', (_, css) => {
    const declarations = declarationsOf(css)
    for (const [index, { property, value, rule }] of declarations.entries()) {
      if (!/^(-webkit-)?text-decoration$/.test(property)) continue
      expect([rule, value]).not.toEqual([rule, expect.stringMatching(/\d|from-font|auto|var\(/)])
      // It has another shorthand for a line with a style or a color.
      if (property === 'text-decoration' && !/^(none|underline|line-through|overline|inherit)$/.test(value))
        expect(declarations[index - 1]).toEqual({ property: '-webkit-text-decoration', value, rule })
    }
  })
})

describe('the look-up', () => {
  it('finds what is newer than a browser, in scripts', () => {
    const used =
      'const a = [3].toSorted(); b.findLast(f); Object.groupBy(a, f); class A { static { a() } #b = c }; /(?<=a)b/; new Set(a).union(d)'
    expect(Object.keys(missingInScript(used, versions)).sort()).toEqual(
      [
        '.findLast()',
        '.toSorted()',
        '.union()',
        'Object.groupBy',
        'class field whose value is a bare variable',
        'lookbehind',
        'static block of a class',
      ].sort(),
    )
    const fine = '[1].at(-1); structuredClone(a); Object.hasOwn(a, b); class A { #b = 1; c() { return this.#b ??= 2 } }'
    expect(missingInScript(fine, versions)).toEqual({})
  })

  it('finds what is newer than a browser, in style sheets', () => {
    const used =
      '.a{color:color-mix(in srgb,red,blue);& .b{top:0}}@media (width>=3px){.c:has(a){field-sizing:content}}@scope{}'
    expect(Object.keys(missingInStyles(used, versions))).toEqual(
      expect.arrayContaining(['color-mix()', 'nested rule', '@media with a range', ':has', 'field-sizing', '@scope']),
    )
    expect(
      missingInStyles('.a:is(b){inset:0;color:#fff}@supports (top:1cap){.a{field-sizing:content}}', versions),
    ).toEqual({})
  })
})

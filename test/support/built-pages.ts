/** The pages of the built site, as they are served: `npm run build` makes them. */
import { globSync, readFileSync } from 'node:fs'

const folder = 'site/dist'

/** A page: its path on the site, and its HTML. */
interface BuiltPage {
  path: string
  html: string
}

/** Every page that the build wrote. */
export function builtPages(): BuiltPage[] {
  return globSync(`${folder}/**/*.html`)
    .toSorted()
    .map((file) => ({
      path: file.slice(folder.length).replace(/(\/index)?\.html$/, '') || '/',
      html: readFileSync(file, 'utf8'),
    }))
}

/** Whether the build wrote a file for a path. */
export function isBuilt(path: string): boolean {
  return globSync([`${folder}${path}`, `${folder}${path}.html`, `${folder}${path}/index.html`]).length > 0
}

/** The attributes of every element with a name, each with its text; entities are decoded as far as they occur. */
export function elements(html: string, name: string): { attributes: Map<string, string>; text: string }[] {
  const found = html.matchAll(new RegExp(`<${name}((?:\\s[^>]*)?)>([^<]*)`, 'g'))
  return Array.from(found, ([, attributes = '', text = '']) => ({
    attributes: new Map(
      Array.from(attributes.matchAll(/([\w:-]+)(?:="([^"]*)")?/g), ([, key = '', value = '']) => [key, decoded(value)]),
    ),
    text: decoded(text),
  }))
}

function decoded(text: string): string {
  return text.replaceAll('&#38;', '&').replaceAll('&quot;', '"').replaceAll('&#x27;', "'").replaceAll('&amp;', '&')
}

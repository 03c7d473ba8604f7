/** What a page's script brings along: every file that it imports, at once or later. */
import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const folder = 'site/dist/_astro'

const textOf = (name: string) => readFileSync(`${folder}/${name}`, 'utf8')

/** The names of the files that a script of the site brings, itself the first. */
export function filesOf(script: `${string}.astro`): string[] {
  const entry = readdirSync(folder).find((name) => name.startsWith(`${script}_`) && name.endsWith('.js'))
  if (!entry) throw new Error(`the site has no script of ${script}`)
  const files = new Set([entry])
  // A set goes on to those that are added while it is gone through.
  for (const name of files) {
    if (!name.endsWith('.js')) continue
    for (const [, file] of textOf(name).matchAll(/["'`](?:\.\/|\/?_astro\/)([\w.-]+\.(?:js|wasm))["'`]/g))
      files.add(file!)
  }
  return [...files]
}

/** Scripts, and all that a browser fetches with them before they run. */
export function atOnceWith(...scripts: string[]): string[] {
  const files = new Set(scripts)
  for (const name of files)
    for (const [, file] of textOf(name).matchAll(/(?:\bfrom|\bimport)\s*["'`]\.\/([\w.-]+\.js)["'`]/g)) files.add(file!)
  return [...files]
}

/** The script that draws a chart for a figure, as the figure's script imports it. */
export function chartScript(figure: string, chart: string): string {
  const [, file] = new RegExp(`/${chart}\\.tsx["'\`]:.*?import\\(["'\`]\\./([\\w.-]+)`).exec(textOf(figure)) ?? []
  if (!file) throw new Error(`${figure} imports no script that draws ${chart}`)
  return file
}

/** Bytes of files, compressed. */
export function weightOf(files: readonly string[]): number {
  return files.reduce((sum, name) => sum + gzipSync(readFileSync(`${folder}/${name}`)).length, 0)
}

/** What `npm start` prints of wrangler's output: the steps of the build, the address, every error and every request. */
import { stripVTControlCharacters } from 'node:util'

/** Wrangler puts this before each line of a build, and before an empty one after each. */
const prefix = '[custom build] '

/** Lines that say nothing new at each start. */
const boilerplate = [
  /^\[custom build\] ?(Running: .*)?$/,
  /^Your Worker has access to the following bindings:$/,
  /^Binding +Resource +Mode$/,
  /^env\.[A-Z_]+ .* (local|remote)$/,
  /^\[wrangler:info\] ✨ Parsed \d+ valid header rules\.$/,
  /^$/,
]

/** A line of wrangler's as it is printed; undefined where it is left out. */
export function printed(line: string): string | undefined {
  const text = stripVTControlCharacters(line).trimEnd()
  if (boilerplate.some((known) => known.test(text))) return undefined
  return text.startsWith(prefix) ? text.slice(prefix.length) : line
}

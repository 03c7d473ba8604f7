/**
 * Filters wrangler's output for `npm start`: the steps of the build, the address, every error and every request remain.
 */
/** Wrangler's prefix of each line of a build, and of an empty line after each. */
const prefix = '[custom build] '

/** Lines that are the same at each start. */
const boilerplate = [
  /^\[custom build\] ?(Running: .*)?$/,
  /^Your Worker has access to the following bindings:$/,
  /^Binding +Resource +Mode$/,
  /^env\.[A-Z_]+ .* (local|remote)$/,
  /^\[wrangler:info\] ✨ Parsed \d+ valid header rules\.$/,
  /^$/,
]

/** The text to print for a line of wrangler's output; undefined if it is omitted. */
export function consoleLine(line: string): string | undefined {
  if (boilerplate.some((pattern) => pattern.test(line.trimEnd()))) return undefined
  return line.startsWith(prefix) ? line.slice(prefix.length) : line
}

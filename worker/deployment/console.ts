/** What `npm start` prints of wrangler's output: the steps of the build, the address, every error and every request. */
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
export function consoleLine(line: string): string | undefined {
  if (boilerplate.some((known) => known.test(line.trimEnd()))) return undefined
  return line.startsWith(prefix) ? line.slice(prefix.length) : line
}

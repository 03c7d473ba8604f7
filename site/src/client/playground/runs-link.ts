/**
 * The link to a set of experiments: the permalink query of each and its name, in the fragment of a playground address,
 * so that names are not sent to the server. The number of experiments is its end, by which one that was cut off in a
 * message is recognized:
 *
 *   /playground?batchSize=4#runs&run=batchSize%3D4&name=rough&run=batchSize%3D256&count=2
 */
import { InvalidQuery } from '#experiment/spec/errors.ts'
import { readSpecOfAnySize, specQuery, withQuery } from '#experiment/spec/permalink.ts'

/** An experiment of a link. */
export interface LinkedRun {
  /** The query of its permalink. */
  query: string
  /** Empty without one. */
  name: string
}

/** What a link holds, and what is wrong with it, in sentences. */
export interface RunsOfLink {
  runs: readonly LinkedRun[]
  remarks: readonly string[]
}

/** The most experiments of a link, and characters of its fragment. Programs that show messages cut longer links. */
export const runsLinkLimits = { experiments: 50, characters: 8000 } as const
/** The most characters of a name. */
export const longestName = 60

const begin = '#runs&'

/** The link to experiments, in their order; or why there is none. */
export function runsLink(origin: string, runs: readonly LinkedRun[]): { link: string } | { refusal: string } {
  const { experiments, characters } = runsLinkLimits
  const [first] = runs
  if (!first) return { refusal: 'There is no experiment to link to.' }
  if (runs.length > experiments)
    return { refusal: `A link holds at most ${experiments} experiments, not ${runs.length}: choose fewer.` }
  const fragment = new URLSearchParams(
    runs.flatMap(({ query, name }) => [['run', query], ...(name === '' ? [] : [['name', name]])]),
  )
  fragment.append('count', String(runs.length))
  const text = `${begin}${fragment}`
  if (text.length > characters)
    return {
      refusal: `The link to these ${runs.length} experiments would have ${text.length} characters; at most ${characters} are allowed: choose fewer.`,
    }
  return { link: `${origin}${withQuery('/playground', new URLSearchParams(first.query))}${text}` }
}

/** Parses the fragment of an address; undefined if it is not that of a set. Never throws. */
export function readRunsLink(hash: string): RunsOfLink | undefined {
  if (!hash.startsWith(begin)) return undefined
  const { experiments, characters } = runsLinkLimits
  if (hash.length > characters)
    return {
      runs: [],
      remarks: [
        `The link to a set of experiments is too long: its part after # has ${hash.length} characters, and at most ${characters} are read.`,
      ],
    }
  const { given, count } = pairsOf(hash)
  const remarks: string[] = []
  // Whether the last query is whole cannot be told: batchSize=25 may have been batchSize=256.
  const whole = count === undefined ? given.slice(0, -1) : given
  if (given.length === 0) remarks.push('The link to a set of experiments holds none.')
  else if (count === undefined)
    remarks.push(
      'The end of the link to a set of experiments is missing. Its last experiment is left out, since it may be cut off: copy the whole link.',
    )
  else if (count !== given.length)
    remarks.push(`The link should hold ${count} experiments, but ${given.length} came: copy the whole link.`)
  if (whole.length > experiments)
    remarks.push(`The link names ${whole.length} experiments; the first ${experiments} are shown, which is the most.`)
  const runs = new Map<string, LinkedRun>()
  whole.slice(0, experiments).forEach(({ query, name }, index) => {
    const read = canonical(query)
    if (typeof read === 'object') remarks.push(`Experiment ${index + 1} of the link cannot be read. ${read.why}.`)
    else if (!runs.has(read) || runs.get(read)!.name === '') runs.set(read, { query: read, name: shortName(name) })
  })
  return { runs: Array.from(runs.values()), remarks }
}

/** The experiments as they are written, and the number at the end. */
function pairsOf(hash: string): { given: LinkedRun[]; count: number | undefined } {
  const given: LinkedRun[] = []
  let count: number | undefined
  // Programs that put a link into HTML write `&` so.
  for (const [key, value] of new URLSearchParams(hash.replaceAll('&amp;', '&').slice(begin.length))) {
    const last = given.at(-1)
    if (key === 'run') given.push({ query: value, name: '' })
    else if (key === 'name' && last) last.name = value
    else if (key === 'count' && /^\d+$/.test(value)) count = Number(value)
  }
  return { given, count }
}

/** The query as a permalink has it, or why it cannot be read. */
function canonical(query: string): string | { why: string } {
  try {
    return String(specQuery(readSpecOfAnySize(new URLSearchParams(query), {}, 'refuse').spec))
  } catch (error) {
    if (error instanceof InvalidQuery) return { why: error.message }
    throw error
  }
}

/** A name of a link, which anyone may have written: one short line. */
function shortName(name: string): string {
  return name
    .replaceAll(/[\p{C}\p{Z}]+/gu, ' ')
    .trim()
    .slice(0, longestName)
}

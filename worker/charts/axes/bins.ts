/**
 * The bins of a histogram of accuracies. An accuracy is a whole number of examples over the number of test examples, so
 * every bin covers the same number of values that an accuracy can take; otherwise bins would differ by chance.
 */

/** A bin, which covers the accuracies of some consecutive numbers of examples. */
export interface Bin {
  /** The lowest and the highest accuracy that it covers. */
  first: number
  last: number
  /** Its edges, half an example beyond both. */
  low: number
  high: number
  /** How many values of each group it contains. */
  counts: number[]
}

/** The most bins, whatever the values. */
const mostBins = 48

/**
 * The bins of one or more groups of accuracies. Their number follows the square root of the number of values of the
 * group that spreads least; there is at least one value in the first and in the last bin.
 *
 * @param examples the number of test examples
 * @returns no bins if there are no values
 */
export function binsOf(groups: readonly (readonly number[])[], examples: number): Bin[] {
  const counted = groups.map((values) => values.map((value) => Math.round(value * examples)))
  const filled = counted.filter(({ length }) => length > 0)
  if (filled.length === 0) return []
  const [least, most] = [Math.min(...filled.flat()), Math.max(...filled.flat())]
  const steps = filled.map(
    (values) => (Math.max(...values) - Math.min(...values) + 1) / Math.ceil(Math.sqrt(values.length)),
  )
  const step = Math.max(1, Math.round(Math.min(...steps)), Math.ceil((most - least + 1) / mostBins))
  const bins = Math.ceil((most - least + 1) / step)
  // What the bins cover beyond the values is divided between both ends.
  const start = Math.max(0, least - Math.floor((bins * step - (most - least + 1)) / 2))
  return Array.from({ length: bins }, (_, index) => {
    const first = start + index * step
    const end = first + step
    return {
      first: first / examples,
      last: Math.min(examples, end - 1) / examples,
      low: (first - 0.5) / examples,
      high: (end - 0.5) / examples,
      counts: counted.map((values) => values.filter((value) => value >= first && value < end).length),
    }
  })
}

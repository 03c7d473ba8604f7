/** Times variants in turns, so that what else the machine does falls on all of them. */

/** Milliseconds of one variant. */
export interface Times {
  min: number
  median: number
}

/** Calls each variant once a round, and gives what each took. */
export function interleave(variants: ReadonlyMap<string, () => void>, rounds: number): Map<string, Times> {
  const times = new Map([...variants.keys()].map((name) => [name, [] as number[]]))
  for (let round = 0; round < rounds; round++)
    for (const [name, call] of variants) {
      const start = performance.now()
      call()
      times.get(name)!.push(performance.now() - start)
    }
  return new Map([...times].map(([name, all]) => [name, timesOf(all)]))
}

export function timesOf(all: readonly number[]): Times {
  const sorted = all.toSorted((a, b) => a - b)
  return { min: sorted[0]!, median: sorted[Math.floor(sorted.length / 2)]! }
}

/** The exponent of a power law through points (x, y): 1 is linear. */
export function exponent(points: readonly (readonly [number, number])[]): number {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const)
  const mean = (index: 0 | 1) => logs.reduce((sum, one) => sum + one[index], 0) / logs.length
  const [mx, my] = [mean(0), mean(1)]
  const along = logs.reduce((sum, [x]) => sum + (x - mx) ** 2, 0)
  return logs.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / along
}

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '-'), ...rows].map((cells) => `| ${cells.join(' | ')} |`)
  return lines.join('\n')
}

/** A number with three significant digits. */
export const short = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3)

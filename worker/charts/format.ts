/**
 * Numbers as a reader sees them: real minus signs, thin spaces in large numbers, three decimals for accuracies.
 */
import type { Spread } from '#experiment/result.ts'

/** Stands where there is no number. */
export const missing = '–'

const thinSpace = '\u2009'

/** A whole number: `25 000`, with a thin space. */
export function whole(value: number): string {
  return typographic(String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, value >= 10_000 ? thinSpace : ''))
}

/** An accuracy, a loss or an instability, with three decimals. */
export function decimal(value: number | null | undefined, digits = 3): string {
  return value === null || value === undefined ? missing : typographic(value.toFixed(digits))
}

/** A mean with its standard deviation, where there is one: `0.833 ± 0.003`. */
export function spread({ mean, sd }: Pick<Spread, 'mean' | 'sd'>): string {
  return sd === null ? decimal(mean) : `${decimal(mean)}\u00a0±\u00a0${decimal(sd)}`
}

/** A tick's value: as short as it can be. */
export function tick(value: number): string {
  return value >= 1000 ? whole(value) : typographic(String(Number(value.toPrecision(6))))
}

function typographic(text: string): string {
  return text.replace('-', '\u2212')
}

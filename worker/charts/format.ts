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

/** How many decimals a quantity is written with: in the calmest runs few test examples change sides in an epoch. */
export const digitsOf = { accuracy: 3, instability: 4 } as const

/** An accuracy or a loss, with three decimals. */
export function decimal(value: number | null | undefined, digits: number = digitsOf.accuracy): string {
  return value === null || value === undefined ? missing : typographic(value.toFixed(digits))
}

/** A mean with its standard deviation, where there is one: `0.833 ± 0.003`. */
export function spread({ mean, sd }: Pick<Spread, 'mean' | 'sd'>, digits: number = digitsOf.accuracy): string {
  return sd === null ? decimal(mean, digits) : `${decimal(mean, digits)}\u00a0±\u00a0${decimal(sd, digits)}`
}

/** A tick's value: as short as it can be. */
export function tick(value: number): string {
  return value >= 1000 ? whole(value) : typographic(String(Number(value.toPrecision(6))))
}

function typographic(text: string): string {
  return text.replace('-', '\u2212')
}

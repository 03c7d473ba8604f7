/** The colors that a map's cells have where they are drawn: of paper, hue and ink. */
import { steps } from '#charts/types/map-colors.ts'

/** A mixture of two colors `#rrggbb`. */
function mixed(over: string, under: string, share: number): string {
  const channel = (color: string, at: number) => parseInt(color.slice(at, at + 2), 16)
  const channels = [1, 3, 5].map((at) => Math.round(channel(over, at) * share + channel(under, at) * (1 - share)))
  return `#${channels.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}

/** The color of a step in a scheme. */
export function mapColor(step: number, colors: Readonly<Record<string, string>>): string {
  const [hue, ink] = steps[step]!
  return mixed(colors['ink']!, mixed(colors['class-1']!, colors['paper']!, hue), ink)
}

/** How colors are seen, by every color vision. */

type Rgb = [number, number, number]

/** Linear light of `#rrggbb`. */
function linear(color: string): Rgb {
  return [1, 3, 5].map((at) => {
    const value = parseInt(color.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }) as Rgb
}

const luminance = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b

/** WCAG's contrast ratio. */
export function contrast(one: string, other: string): number {
  const [low, high] = [luminance(linear(one)), luminance(linear(other))].toSorted((a, b) => a - b)
  return (high! + 0.05) / (low! + 0.05)
}

/** How colors are seen, in linear light: Machado, Oliveira & Fernandes (2009), severity 1. */
export const visions: Record<string, number[]> = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
}

/** CIELAB of a color as a vision sees it. */
export function seen(color: string, matrix: readonly number[]): Rgb {
  const light = linear(color)
  const row = (start: number) =>
    Math.min(
      1,
      Math.max(
        0,
        light.reduce((sum, value, at) => sum + matrix[start + at]! * value, 0),
      ),
    )
  const [r, g, b] = [row(0), row(3), row(6)]
  const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116)
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047)
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b)
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

export const distance = (one: string, other: string, matrix: readonly number[]) => {
  const [a, b] = [seen(one, matrix), seen(other, matrix)]
  return Math.hypot(...a.map((value, at) => value - b[at]!))
}

/** What is on a picture: its size, and how many pixels have which color. */
import sharp from 'sharp'

interface Picture {
  width: number
  height: number
  /** The share of pixels of a color `#rrggbb`, and of those near it, from `top` to `bottom` as shares of the height. */
  share: (color: string, top?: number, bottom?: number) => number
  /** The share of pixels that differ visibly from another picture of the same size. */
  difference: (other: Picture) => number
  pixels: Uint8Array
}

/** How far a channel may be off, of 255: neither compression nor edges count. */
const tolerance = 24

export async function readPicture(png: Uint8Array): Promise<Picture> {
  const { data: pixels, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const { width, height } = info
  return {
    width,
    height,
    pixels,
    share(color, top = 0, bottom = 1) {
      const wanted = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
      let count = 0
      const [from, to] = [Math.round(top * height), Math.round(bottom * height)]
      for (let at = from * width * 3; at < to * width * 3; at += 3)
        if (wanted.every((channel, index) => Math.abs(pixels[at + index]! - channel) <= tolerance)) count++
      return count / ((to - from) * width)
    },
    difference(other) {
      if (other.pixels.length !== pixels.length) return 1
      let count = 0
      for (let at = 0; at < pixels.length; at += 3)
        if ([0, 1, 2].some((index) => Math.abs(pixels[at + index]! - other.pixels[at + index]!) > 2 * tolerance))
          count++
      return count / (pixels.length / 3)
    },
  }
}

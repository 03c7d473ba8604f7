/**
 * SVG to PNG by resvg, in WebAssembly: shapes alone, there are no fonts in it. Nothing of it is loaded before the first
 * picture is asked for.
 */
import { initWasm, Resvg } from '@resvg/resvg-wasm'

import { loadRenderer } from '#renderer'

let ready: Promise<void> | undefined

/** Draws an SVG on a color, in its own size, as a PNG. */
export async function toPng(svg: string, background: string): Promise<Uint8Array<ArrayBuffer>> {
  await (ready ??= initWasm(loadRenderer()))
  const drawing = new Resvg(svg, { background })
  const picture = drawing.render()
  try {
    return new Uint8Array(picture.asPng())
  } finally {
    picture.free()
    drawing.free()
  }
}

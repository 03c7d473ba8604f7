/**
 * Converts SVG to PNG with resvg in WebAssembly. It draws shapes only, since it contains no fonts. Nothing is loaded
 * before the first image is requested.
 */
import { initWasm, Resvg } from '@resvg/resvg-wasm'

import { loadRenderer } from '#renderer'

let isReady = false

/** Renders an SVG in its own size on a background color. */
export async function toPng(svg: string, background: string): Promise<Uint8Array<ArrayBuffer>> {
  if (!isReady) await begin()
  const drawing = new Resvg(svg, { background })
  const picture = drawing.render()
  try {
    return new Uint8Array(picture.asPng())
  } finally {
    picture.free()
    drawing.free()
  }
}

/**
 * Initializes the renderer. Requests that arrive before it is ready initialize it as well, because awaiting another
 * request's promise is not safe: it may never settle once that request is gone.
 */
async function begin(): Promise<void> {
  try {
    await initWasm(loadRenderer())
  } catch (error) {
    // Another request was faster.
    if (!/Already initialized/.test(String(error))) throw error
  }
  isReady = true
}

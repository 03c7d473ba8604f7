/**
 * SVG to PNG by resvg, in WebAssembly: shapes alone, there are no fonts in it. Nothing of it is loaded before the first
 * picture is asked for.
 */
import { initWasm, Resvg } from '@resvg/resvg-wasm'

import { loadRenderer } from '#renderer'

let isReady = false

/** Draws an SVG on a color, in its own size, as a PNG. */
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
 * Starts the renderer. Whoever comes before it has started starts it, too: nobody waits for another's promise, which may
 * never settle when its request is gone.
 */
async function begin(): Promise<void> {
  try {
    await initWasm(loadRenderer())
  } catch (error) {
    // Another was first.
    if (!/Already initialized/.test(String(error))) throw error
  }
  isReady = true
}

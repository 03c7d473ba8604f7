/**
 * The renderer's WebAssembly module in a Worker: compiled when the Worker is uploaded, loaded when the first card is
 * requested.
 */
export const loadRenderer = async (): Promise<WebAssembly.Module> =>
  (await import('@resvg/resvg-wasm/index_bg.wasm')).default

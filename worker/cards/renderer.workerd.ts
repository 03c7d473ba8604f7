/** The renderer in a Worker: compiled when the Worker is uploaded, read when the first card is asked for. */
export const loadRenderer = async (): Promise<WebAssembly.Module> =>
  (await import('@resvg/resvg-wasm/index_bg.wasm')).default

/** The kernel in a browser, for a module worker: compiled while it arrives. */
export const kernelModule = await WebAssembly.compileStreaming(
  fetch(new URL('../../../dist/kernel.wasm', import.meta.url)),
)

/** The kernel's module in a browser, for a module worker: compiled while it is downloaded. */
export const kernelModule = await WebAssembly.compileStreaming(
  fetch(new URL('../../../dist/kernel.wasm', import.meta.url)),
)

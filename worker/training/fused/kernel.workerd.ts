/** The kernel in a Worker: compiled when the Worker is uploaded. */
import module from '#kernel.wasm'

export const kernelModule: WebAssembly.Module = module

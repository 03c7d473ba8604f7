/** The kernel's module in a Worker: compiled when the Worker is uploaded. */
import module from '../../../dist/kernel.wasm'

export const kernelModule: WebAssembly.Module = module

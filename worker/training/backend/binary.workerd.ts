/** TensorFlow.js's WASM binary in a Worker: compiled when the Worker is uploaded. */
import binary from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm'

export const loadBinary = (): WebAssembly.Module => binary

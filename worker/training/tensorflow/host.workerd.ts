/**
 * TensorFlow.js's host in a Worker: registers the gradients, and imports the WASM binary, which is compiled when the
 * Worker is uploaded.
 */
import '@tensorflow/tfjs-core/dist/register_all_gradients'
import binary from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm'

export const loadBinary = (): WebAssembly.Module => binary

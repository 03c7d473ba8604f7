/** TensorFlow.js in a Worker: its gradients, and its WASM binary, compiled when the Worker is uploaded. */
import '@tensorflow/tfjs-core/dist/register_all_gradients'
import binary from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm'

export const loadBinary = (): WebAssembly.Module => binary

/** TensorFlow.js's WASM binary in Node: read from its package and compiled. */
import { readFileSync } from 'node:fs'

const path = '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm'

export const loadBinary = (): WebAssembly.Module =>
  new WebAssembly.Module(readFileSync(new URL(import.meta.resolve(path))))

/**
 * TensorFlow.js's host in Node: the complete package registers the gradients, and the WASM binary is read from its
 * package.
 */
import '@tensorflow/tfjs'
import { readFileSync } from 'node:fs'

const path = '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm'

export const loadBinary = (): WebAssembly.Module =>
  new WebAssembly.Module(readFileSync(new URL(import.meta.resolve(path))))

/**
 * Starts TensorFlow.js on its WASM (SIMD) backend, with the same code in workerd and in Node.
 *
 * The required parts of `@tensorflow/tfjs` are imported one by one. The complete package would make the Worker half as
 * large again, mostly because of the WebGL backend.
 */
import { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import * as core from '@tensorflow/tfjs-core'
import { layers, sequential } from '@tensorflow/tfjs-layers'

import { loadBinary } from '#tensorflow-host'

import { instantiate } from './emscripten.ts'

const tensorflow = { ...core, layers, sequential }
export type TensorFlow = typeof tensorflow

/** The backend's memory; undefined until it is started. */
let memory: WebAssembly.Memory | undefined

/**
 * Returns TensorFlow.js, ready to compute. The first call starts it synchronously: in a Worker, promises belong to the
 * request that created them, and one that a later request awaits may never settle.
 *
 * @throws Error if the backend does not start
 */
export function startTensorFlow(): TensorFlow {
  if (!memory) {
    // Replaces the package's own factory, which fetches the binary.
    core.removeBackend('wasm')
    const module = instantiate(loadBinary())
    const backend = new BackendWasm(module as never)
    core.registerBackend('wasm', () => backend)
    // The promise can be ignored: with a synchronous factory, everything is done when the call returns.
    void core.setBackend('wasm')
    if (core.backend() !== backend) throw new Error('the WASM backend of TensorFlow.js did not start')
    memory = module.memory
  }
  return tensorflow
}

/**
 * The memory in which the backend keeps its tensors. When it grows, it gets a new buffer.
 *
 * @throws Error if TensorFlow.js has not been started
 */
export function tensorFlowMemory(): WebAssembly.Memory {
  if (!memory) throw new Error('TensorFlow.js is not started')
  return memory
}

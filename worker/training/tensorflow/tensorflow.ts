/**
 * TensorFlow.js on its WASM (SIMD) backend: the same code starts it in workerd and in Node.
 *
 * The parts of `@tensorflow/tfjs` that are needed are imported one by one: the whole package would make the Worker half
 * as large again, most of it the WebGL backend.
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
 * TensorFlow.js, ready to compute. Starts it on the first call, synchronously: a Worker's promises belong to the
 * request that made them, and one that the next request awaits may never settle.
 *
 * @throws Error when the backend does not start
 */
export function startTensorFlow(): TensorFlow {
  if (!memory) {
    // In place of the package's own factory, which fetches the binary.
    core.removeBackend('wasm')
    const module = instantiate(loadBinary())
    const backend = new BackendWasm(module as never)
    core.registerBackend('wasm', () => backend)
    // Its promise tells nothing new: with a synchronous factory all is done when the call returns.
    void core.setBackend('wasm')
    if (core.backend() !== backend) throw new Error('the WASM backend of TensorFlow.js did not start')
    memory = module.memory
  }
  return tensorflow
}

/**
 * The memory in which the backend keeps its tensors. It grows, and then has a new buffer.
 *
 * @throws Error before TensorFlow.js is started
 */
export function tensorFlowMemory(): WebAssembly.Memory {
  if (!memory) throw new Error('TensorFlow.js is not started')
  return memory
}

/**
 * The kernel's host in the Worker: registers it as a kernel of TensorFlow.js's WASM backend, where it works in place on
 * the backend's tensors. Each training is one tensor.
 */
import { kernelModule } from '#kernel'

import { startTensorFlow, tensorFlowMemory, type TensorFlow } from '../tensorflow/tensorflow.ts'
import { createBytes, instantiateKernel, type KernelExports } from './exports.ts'
import type { Scratch, Workspace } from './host.ts'

const kernelName = 'FusedTraining'
const f32 = Float32Array.BYTES_PER_ELEMENT

let started: { tf: TensorFlow; kernel: KernelExports } | undefined

/**
 * Starts TensorFlow.js and registers the kernel once: training `steps` updates is an operation on the training's
 * tensor.
 */
function start(): { tf: TensorFlow; kernel: KernelExports } {
  if (started) return started
  const tf = startTensorFlow()
  const kernel = instantiateKernel(kernelModule, tensorFlowMemory())
  tf.registerKernel({
    kernelName,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs, backend }) => {
      const wasm = backend as Backend
      const isOver = kernel.advance(wasm.getMemoryOffset(inputs['training']!.dataId), attrs!['steps'] as number)
      const output = wasm.makeOutput([], 'int32')
      new Int32Array(tensorFlowMemory().buffer)[wasm.getMemoryOffset(output.dataId) / f32] = isOver
      return output
    },
  })
  started = { tf, kernel }
  return started
}

type Tensor = ReturnType<TensorFlow['zeros']>
/** The part of `BackendWasm` that a registered kernel uses. */
interface Backend {
  getMemoryOffset: (id: object) => number
  makeOutput: (shape: number[], type: 'int32') => Tensor
}

class TensorMemory implements Workspace {
  readonly kernel: KernelExports
  readonly address: number
  readonly #tf: TensorFlow
  readonly #training: Tensor

  constructor(tf: TensorFlow, kernel: KernelExports, bytes: number) {
    this.#tf = tf
    this.kernel = kernel
    // Kept explicitly, because the caller may be inside another `tidy` scope.
    this.#training = tf.keep(tf.zeros([Math.ceil(bytes / f32)]))
    this.address = (tf.backend() as unknown as Backend).getMemoryOffset(this.#training.dataId)
  }

  get buffer(): ArrayBuffer {
    return tensorFlowMemory().buffer
  }

  advance(steps: number): boolean {
    const isOver: Tensor = this.#tf.engine().runKernel(kernelName, { training: this.#training }, { steps })
    const [answer] = isOver.dataSync()
    isOver.dispose()
    return answer !== 0
  }

  release(): void {
    this.#training.dispose()
  }
}

/**
 * Allocates the workspace of a training (see `host.ts`). Sizes are rounded up to size classes, so that freed memory can
 * be reused.
 */
export function openWorkspace(sizeOf: (scratch: Scratch) => number): Workspace {
  const { tf, kernel } = start()
  const scratch = new TensorMemory(tf, kernel, createBytes)
  const bytes = sizeOf(scratch)
  scratch.release()
  return new TensorMemory(tf, kernel, sizeClass(bytes))
}

/** The smallest size class of 1, 1.5, 2, 3, 4, 6, … times 64 KiB that fits: at most a third stays unused. */
function sizeClass(bytes: number): number {
  let size = 65536
  while (size < bytes) size *= 2
  return size * 0.75 >= bytes ? size * 0.75 : size
}

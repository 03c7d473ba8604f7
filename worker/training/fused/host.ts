/** The kernel's host in Node and in browsers: each concurrent training gets a WebAssembly memory of its own. */
import { kernelModule } from '#kernel'

import { createBytes, instantiateKernel, type KernelExports } from './exports.ts'

/** The memory of one training and the kernel instance that works on it. */
export interface Workspace {
  readonly kernel: KernelExports
  /** The address at which the training's memory begins. */
  readonly address: number
  /** The buffer that contains it. Do not store it: a memory that grows gets a new buffer. */
  readonly buffer: ArrayBuffer
  /** Trains up to `steps` more updates. Returns whether the training has ended. */
  advance: (steps: number) => boolean
  /** Releases the memory, which must not be used afterwards. */
  release: () => void
}

const pageBytes = 65536
/** Address 0 is not used, since it would look like a null pointer. */
const address = 64

class OwnMemory implements Workspace {
  readonly address = address
  readonly kernel: KernelExports
  readonly #memory = new WebAssembly.Memory({ initial: 1 })

  constructor() {
    this.kernel = instantiateKernel(kernelModule, this.#memory)
  }

  get buffer(): ArrayBuffer {
    return this.#memory.buffer
  }

  advance(steps: number): boolean {
    return this.kernel.advance(address, steps) !== 0
  }

  /** Grows the memory to at least this many bytes. */
  grow(bytes: number): void {
    const missing = address + bytes - this.buffer.byteLength
    if (missing > 0) this.#memory.grow(Math.ceil(missing / pageBytes))
  }

  release(): void {
    if (idle.length < mostIdle) idle.push(this)
  }
}

/** Idle memories for reuse, since a WebAssembly memory never shrinks. */
const idle: OwnMemory[] = []
const mostIdle = 4

/** Memory of at least `createBytes` in which a training can be set up to find out how many bytes it needs. */
export type Scratch = Pick<Workspace, 'kernel' | 'address' | 'buffer'>

/**
 * Allocates the workspace of a training.
 *
 * @param sizeOf returns the bytes that the training needs
 */
export function openWorkspace(sizeOf: (scratch: Scratch) => number): Workspace {
  const workspace = idle.pop() ?? new OwnMemory()
  workspace.grow(createBytes)
  workspace.grow(sizeOf(workspace))
  return workspace
}

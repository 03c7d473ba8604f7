/**
 * Where the kernel runs in Node and in browsers: in memories of its own, one for each training at a time.
 */
import { kernelModule } from '#kernel'

import { createBytes, instantiateKernel, type KernelExports } from './exports.ts'

/** Memory for one training, and the kernel that works on it. */
export interface Workspace {
  readonly kernel: KernelExports
  /** Where it begins. */
  readonly address: number
  /** The memory around it. A memory that grows has a new buffer: do not keep this. */
  readonly buffer: ArrayBuffer
  /** Trains up to `steps` steps further. Returns whether the training is over. */
  advance: (steps: number) => boolean
  /** Gives it back; nothing of it may be used afterwards. */
  release: () => void
}

const pageBytes = 65536
/** Address 0 is left out: it looks like nothing. */
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

  /** Makes it hold as many bytes at least. */
  grow(bytes: number): void {
    const missing = address + bytes - this.buffer.byteLength
    if (missing > 0) this.#memory.grow(Math.ceil(missing / pageBytes))
  }

  release(): void {
    if (idle.length < mostIdle) idle.push(this)
  }
}

/** Memories that are not in use: a memory never shrinks, so they are used again. */
const idle: OwnMemory[] = []
const mostIdle = 4

/** Memory of `createBytes` in which a training can be set up, to ask how many bytes it needs. */
export type Scratch = Pick<Workspace, 'kernel' | 'address' | 'buffer'>

/**
 * A workspace for a training.
 *
 * @param sizeOf the bytes that it needs
 */
export function openWorkspace(sizeOf: (scratch: Scratch) => number): Workspace {
  const workspace = idle.pop() ?? new OwnMemory()
  workspace.grow(createBytes)
  workspace.grow(sizeOf(workspace))
  return workspace
}

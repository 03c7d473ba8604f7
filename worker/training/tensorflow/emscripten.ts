/**
 * Instantiates TensorFlow.js's WASM binary from a compiled module, synchronously.
 *
 * This replaces the loader that Emscripten generates. That loader compiles from bytes and creates code from strings,
 * which Workers forbid, and it mistakes a Worker with Node's globals for Node. It is not a complete Emscripten runtime:
 * there is no file system and no output, and a binary that needs them fails with an error.
 */

/** The part of its module that TensorFlow.js's `BackendWasm` uses; the original loader sets up `tfjs`. */
interface TensorFlowModule {
  readonly memory: WebAssembly.Memory
  readonly HEAPU8: Uint8Array
  _malloc: (bytes: number) => number
  _free: (address: number) => void
  cwrap: (name: string, returns: string | null, parameters: string[]) => WasmFunction
  tfjs: Record<string, WasmFunction>
}

type WasmFunction = (...parameters: never[]) => unknown
type Numeric = (...parameters: unknown[]) => number

const pageBytes = 65536
/** The maximum memory that the binary declares. A memory that has grown never shrinks. */
const mostBytes = 2 ** 31
/** The memory grows by at least a fifth, so that a training that adds tensors does not grow it every time. */
const growth = 1.2
/** WASI's errno for a function that the host does not support. */
const notSupported = 52

/** Instantiates the binary and returns the module with which `BackendWasm` is constructed. */
export function instantiate(binary: WebAssembly.Module): TensorFlowModule {
  let heap = new Uint8Array()
  const bytes = () => {
    // A memory that has grown has a new buffer, and views of the old buffer are empty.
    if (heap.buffer !== memory.buffer) heap = new Uint8Array(memory.buffer)
    return heap
  }
  const env = {
    abort: () => {
      throw new Error('TensorFlow.js aborted')
    },
    emscripten_get_heap_max: () => mostBytes,
    emscripten_memcpy_big: (to: number, from: number, length: number) =>
      void bytes().copyWithin(to >>> 0, from >>> 0, (from + length) >>> 0),
    emscripten_resize_heap: (requested: number) => {
      const now = memory.buffer.byteLength
      const wanted = Math.min(mostBytes, Math.max(requested >>> 0, now * growth))
      try {
        memory.grow(Math.ceil((wanted - now) / pageBytes))
        return 1
      } catch {
        return 0
      }
    },
  }
  const wasi = { fd_close: () => notSupported, fd_seek: () => notSupported, fd_write: () => notSupported }
  const { exports } = new WebAssembly.Instance(binary, { env, wasi_snapshot_preview1: wasi })
  const memory = exports['memory'] as WebAssembly.Memory
  const call = (name: string) => exports[name] as Numeric

  /** Wraps a function of the binary; array parameters are copied to its stack for the call. */
  const cwrap = (name: string, _returns: string | null, parameters: string[]): WasmFunction => {
    if (!parameters.includes('array')) return call(name)
    return (...values: unknown[]) => {
      const stack = call('stackSave')()
      const addresses = values.map((value, index) => {
        if (parameters[index] !== 'array') return value
        const array = value as Uint8Array
        const address = call('stackAlloc')(array.length)
        bytes().set(array, address)
        return address
      })
      const answer = call(name)(...addresses)
      call('stackRestore')(stack)
      return answer
    }
  }

  call('__wasm_call_ctors')()
  return {
    memory,
    get HEAPU8() {
      return bytes()
    },
    _malloc: call('malloc'),
    _free: call('free'),
    cwrap,
    tfjs: {
      init: call('init'),
      initWithThreadsCount: call('init_with_threads_count'),
      getThreadsCount: call('get_threads_count'),
      registerTensor: call('register_tensor'),
      disposeData: call('dispose_data'),
      dispose: call('dispose'),
    },
  }
}

/**
 * Detects whether a browser can train: it needs module workers, SIMD in WebAssembly, and SHA-256, which only secure pages
 * have.
 */

/** A module with one function that makes a vector: valid only where there is SIMD. */
const simd = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11]

/** Whether this browser can train. If it says so and its workers fail nevertheless, a `TrainerError` tells. */
export function canTrain(): boolean {
  return whatLacks() === undefined
}

/** What this browser lacks to train; undefined where that is nothing. */
export function whatLacks(): string | undefined {
  if (globalThis.crypto?.subtle === undefined) return 'SHA-256, which only secure pages have'
  if (typeof WebAssembly !== 'object' || !WebAssembly.validate(Uint8Array.from(simd))) return 'WebAssembly with SIMD'
  return hasModuleWorkers() ? undefined : 'module workers'
}

/** A browser that knows module workers asks for the type; the address is none, so that nothing is loaded. */
function hasModuleWorkers(): boolean {
  let isAsked = false
  const options: WorkerOptions = {
    get type(): WorkerType {
      isAsked = true
      return 'module'
    },
  }
  try {
    new Worker('http://', options).terminate()
  } catch {
    // The address is refused after the options were read.
  }
  return isAsked
}

/**
 * NumPy's legacy generator `numpy.random.RandomState`: MT19937 and the distributions that scikit-learn's datasets draw
 * from. It equals NumPy in every bit, given the logarithm of `logarithm.ts`.
 *
 * Sources: Matsumoto & Nishimura, "Mersenne Twister" (1998), `mt19937ar.c`; NumPy's `legacy-distributions.c`.
 *
 * With seed 0 the first 32-bit outputs are 2357136044, 2546248239, 3071714933; the first normals are 1.764052345967664,
 * 0.4001572083672233, 0.9787379841057392.
 */
import { logarithm } from './logarithm.ts'

const size = 624
const shift = 397

/** `numpy.random.RandomState(seed)`. */
export class RandomState {
  /** The state of MT19937, [size]. */
  readonly #state = new Uint32Array(size)
  #next: number
  /** The second normal of a pair, stored for the next call of `normal`; other draws do not use it. */
  #spareNormal: number | undefined

  /** @param seed a 32-bit unsigned integer */
  constructor(seed: number) {
    const state = this.#state
    state[0] = seed
    this.#next = size
    for (let i = 1; i < size; i++) {
      const previous = state[i - 1]!
      state[i] = Math.imul(1812433253, previous ^ (previous >>> 30)) + i
    }
  }

  /** The next 32 bits, unsigned. */
  uint32(): number {
    if (this.#next === size) this.#twist()
    let bits = this.#state[this.#next++]!
    bits ^= bits >>> 11
    bits ^= (bits << 7) & 0x9d2c5680
    bits ^= (bits << 15) & 0xefc60000
    return (bits ^ (bits >>> 18)) >>> 0
  }

  /** Skips the next `count` 32-bit outputs. */
  skip(count: number): void {
    for (let left = count; left > 0; left--) this.uint32()
  }

  /** Uniform in [0, 1) with 53 random bits. */
  random(): number {
    const high = this.uint32() >>> 5
    const low = this.uint32() >>> 6
    return (high * 67108864 + low) / 9007199254740992
  }

  /** Uniform in [low, high). */
  uniform(low: number, high: number): number {
    return low + (high - low) * this.random()
  }

  /** Normal with the given mean and standard deviation, by Marsaglia's polar method. */
  normal(mean: number, deviation: number): number {
    return mean + deviation * this.#standardNormal()
  }

  /** Shuffles in place by Fisher–Yates from the end. */
  shuffle(items: Uint32Array): void {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.upTo(i)
      const saved = items[i]!
      items[i] = items[j]!
      items[j] = saved
    }
  }

  /**
   * A whole number from 0 to `most`, below 2³², by masking and rejection, as in `randint(0, most + 1)`. Draws nothing if
   * `most` is 0.
   */
  upTo(most: number): number {
    if (most === 0) return 0
    const mask = 2 ** (32 - Math.clz32(most)) - 1
    for (;;) {
      const value = (this.uint32() & mask) >>> 0
      if (value <= most) return value
    }
  }

  #twist(): void {
    const state = this.#state
    for (let i = 0; i < size; i++) {
      const bits = (state[i]! & 0x80000000) | (state[(i + 1) % size]! & 0x7fffffff)
      state[i] = state[(i + shift) % size]! ^ (bits >>> 1) ^ (bits & 1 ? 0x9908b0df : 0)
    }
    this.#next = 0
  }

  #standardNormal(): number {
    if (this.#spareNormal !== undefined) {
      const saved = this.#spareNormal
      this.#spareNormal = undefined
      return saved
    }
    for (;;) {
      const x1 = 2 * this.random() - 1
      const x2 = 2 * this.random() - 1
      const radius2 = x1 * x1 + x2 * x2
      if (radius2 >= 1 || radius2 === 0) continue
      const factor = Math.sqrt((-2 * logarithm(radius2)) / radius2)
      this.#spareNormal = factor * x1
      return factor * x2
    }
  }
}

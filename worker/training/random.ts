/**
 * The random numbers of training: PCG32 with a separate stream per use for each seed, so that experiments which differ
 * in one field still have the same initial weights and the same order of rows.
 *
 * PCG32 (XSH RR 64/32): O'Neill, "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms for Random
 * Number Generation" (2014), seeded as `pcg32_srandom_r(initstate, initseq)`.
 * SplitMix64: Steele, Lea & Flood, "Fast Splittable Pseudorandom Number Generators" (2014).
 *
 * With seed 1 the first outputs are 0xb92b8ed0, 0x5ae1e848, 0x91d74356 for the weights and 0xe95a409d, 0x4b7334fe,
 * 0x7caa630b for the order.
 */

/** The streams of a seed, by use. */
const streams = { weights: 0, order: 1 } as const
type Stream = keyof typeof streams

const multiplier = 6364136223846793005n
const u64 = (value: bigint) => BigInt.asUintN(64, value)

/** The two words of PCG32, which are the complete state of a stream. */
export interface PcgState {
  state: bigint
  /** Odd; chooses the sequence. */
  increment: bigint
}

/**
 * The initial state of a seed's stream. SplitMix64 starts at seed·2³² + stream, so no two streams start at the same
 * value.
 */
export function startOf(seed: number, stream: Stream): PcgState {
  let counter = (BigInt(seed) << 32n) + BigInt(streams[stream])
  const splitMix = () => {
    counter = u64(counter + 0x9e3779b97f4a7c15n)
    let bits = counter
    bits = u64((bits ^ (bits >> 30n)) * 0xbf58476d1ce4e5b9n)
    bits = u64((bits ^ (bits >> 27n)) * 0x94d049bb133111ebn)
    return bits ^ (bits >> 31n)
  }
  const initialState = splitMix()
  const increment = u64(splitMix() << 1n) | 1n
  return { state: u64((increment + initialState) * multiplier + increment), increment }
}

/** The random number generator of one seed and stream. */
export class Random {
  readonly #pcg: PcgState

  /** @param seed a 32-bit unsigned integer */
  constructor(seed: number, stream: Stream) {
    this.#pcg = startOf(seed, stream)
  }

  /** The next 32 bits, unsigned. */
  next(): number {
    const pcg = this.#pcg
    const { state } = pcg
    pcg.state = u64(state * multiplier + pcg.increment)
    const bits = Number(BigInt.asUintN(32, ((state >> 18n) ^ state) >> 27n))
    const rotation = Number(state >> 59n)
    return ((bits >>> rotation) | (bits << (-rotation & 31))) >>> 0
  }

  /** Uniform in [0, 1) as a multiple of 2⁻²⁴, which float32 represents exactly. */
  unit(): number {
    return (this.next() >>> 8) * 2 ** -24
  }

  /** A whole number from 0 to count − 1: ⌊next·count / 2³²⌋, computed exactly in float64. */
  below(count: number): number {
    return Math.floor((this.next() * count) / 2 ** 32)
  }
}

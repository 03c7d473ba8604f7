/**
 * What one isolate of the Worker takes on at a time, and how much of that is one address's. Published: the pages and the
 * API's document read it here.
 */
export const isolateLimits = {
  /** Estimated operations up to which a training is short: some 0.2 seconds. */
  shortWork: 5e9,
  /** Trainings in flight. Each kind has places of its own, so that a long one never keeps a short one waiting. */
  inFlight: { short: 4, long: 4 },
  /** Different trainings that wait for room, and how long anyone waits, in milliseconds. */
  waiting: { most: 100, longest: 15_000 },
} as const

/**
 * How much new work one address may ask of an isolate, in estimated operations (`work.ts`; 2.5e10 are about a second of
 * computing). A class of 60 behind one address, with a new setting each every five seconds, asks for 3e9 a second.
 */
export const addressLimits = {
  /** What it may ask for at once, after it has asked for nothing for a while. */
  atOnce: 1.2e12,
  /** How fast that comes back, a second: three tenths of what an isolate computes. */
  perSecond: 7.5e9,
  /** What every new training counts at least, however small: it also reads and writes the store. */
  least: 2e8,
  /** What the platform's own limit counts as one: it is asked for leave once for so much work. */
  portion: 1e10,
  /** How many times as much all addresses of an IPv6 /48 may ask for together. */
  networkFactor: 4,
} as const

/**
 * Which results are stored in KV, how much of it one address may fill, and for how long. What is not stored is answered all
 * the same, and kept in the isolate's memory and the edge's cache.
 */
export const storageLimits = {
  /** Estimated operations a byte below which results are not stored: training them again is cheaper than keeping them. */
  leastWorkPerByte: 1e4,
  /** Bytes that one address may have an isolate store at once, after it has asked for nothing new for a while. */
  bytesAtOnce: 8e6,
  /** How fast that comes back. */
  bytesPerMinute: 3e6,
  /** What every stored result counts at least, however small: the write costs more than its bytes. */
  leastBytes: 4000,
  /** Days that results are stored, by whether their training is short or long. */
  days: { short: 30, long: 180 },
} as const

/**
 * The large answers of an isolate: those that hold many numbers in memory until they are sent. All others are never
 * counted or kept waiting.
 */
export const assemblyLimits = {
  /** Bytes, by their estimate, from which an answer is large. */
  large: 512 * 1024,
  /** Bytes that all large answers may hold together; the others wait. */
  bytes: 24 * 1024 * 1024,
  /** How long they wait before they are refused, in milliseconds. */
  longestWait: 15_000,
  /**
   * How long an answer may wait for its client, all pauses together, and how long it may take in all, before it loses its
   * place to another that waits, in milliseconds. It ends there.
   */
  longestPause: 5_000,
  longestSending: 60_000,
  /** The pause after each piece of 32 kB that does not count: the isolate may have been busy. */
  shortPause: 250,
  /** How long a request that makes an answer may be silent before it counts as gone, in milliseconds. */
  longestSilence: 20_000,
  /** Estimated operations that each value of a large answer counts, in the quota of the address that asks. */
  workPerValue: 4000,
} as const

/** How a store is used that is slow or does not answer. */
export const storeLimits = {
  /** How many experiments of a sweep are read at once, and their bytes together, beside one that may be larger. */
  ahead: { most: 8, bytes: 1024 * 1024 },
  /** Bytes that may wait to be written; beyond them nothing is stored. */
  pendingBytes: 8 * 1024 * 1024,
  /** How long a write may take, in milliseconds: the platform ends what goes on longer after an answer. */
  longestWrite: 30_000,
} as const

const { inFlight, waiting } = isolateLimits
/** The limits in a sentence. */
export const roomInWords = `Each isolate of the Worker trains up to ${inFlight.short} short experiments (of some 0.2 seconds) and ${inFlight.long} long ones at a time; up to ${waiting.most} more wait for room, for ${waiting.longest / 1000} seconds at most.`

const { atOnce, perSecond, least, networkFactor } = addressLimits
const secondOfWork = 2.5e10
/** One address's share in sentences. */
export const shareInWords = `What is new counts by its work, for each address (of IPv6, each /64, and each /48 with ${networkFactor} times as much). One address may ask an isolate for some ${Math.round(atOnce / secondOfWork)} seconds of computing at once, and for ${Math.round((perSecond * 60) / secondOfWork)} more a minute. The smallest experiment counts as ${(least / secondOfWork) * 1000} ms. A sweep counts as a whole: it may begin, and then it ends, or none of it may.`

const { bytes, longestWait, workPerValue } = assemblyLimits
/** The limit of large answers in sentences. */
export const largeInWords = `An answer with many numbers, of 200 seeds and 500 epochs for example, counts as well, also where they are cached: ${(workPerValue * 1e6) / secondOfWork} seconds for a million values. Each isolate sends ${bytes / 2 ** 20} MB of them at a time; the others wait, for ${longestWait / 1000} seconds at most.`

const { leastWorkPerByte, bytesAtOnce, bytesPerMinute, leastBytes, days } = storageLimits
/** What is stored, in sentences. */
export const storageInWords = `Results are stored for ${days.long} days, and for ${days.short} where they train within some 0.2 seconds. One address may have an isolate store ${bytesAtOnce / 1e6} MB at once, and ${bytesPerMinute / 1e6} MB more a minute; each result counts as ${leastBytes / 1000} kB at least. What is more is answered and not stored, and neither is what takes less than ${(leastWorkPerByte * 1e6) / secondOfWork} ms of computing a kB: it is cheaper to train again.`

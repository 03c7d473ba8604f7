/**
 * The Worker's published limits: trainings at a time, work quota of a client address, storage in KV and memory of large
 * answers. The pages and the API's document read them from here.
 */
export const isolateLimits = {
  /** Estimated operations up to which a training counts as short: about 0.2 seconds. */
  shortWork: 5e9,
  /**
   * Trainings that run at a time. Short and long ones have separate slots, so that a long training never delays a short
   * one.
   */
  inFlight: { short: 4, long: 4 },
  /** The most trainings that wait for a slot, and how long a request waits, in milliseconds. */
  waiting: { most: 100, longest: 15_000 },
} as const

/**
 * The token-bucket quota of new training work that one client address has in an isolate, in estimated operations (see
 * `cost.ts`; 2.5e10 are about one second of computing). A class of 60 behind one address, in which each person changes
 * a setting every five seconds, needs 3e9 per second.
 */
export const addressLimits = {
  /** The capacity of the bucket: the work that an address may request at once after a while without requests. */
  atOnce: 1.2e12,
  /** The refill rate per second: three tenths of what an isolate computes. */
  perSecond: 7.5e9,
  /** The least that a new training counts, however small it is, since it also reads and writes KV. */
  least: 2e8,
  /** The work that counts as one request for the platform's rate limiter, which is asked once for each such portion. */
  portion: 1e10,
  /** How many times this quota all addresses of an IPv6 /48 network share. */
  networkFactor: 4,
} as const

/**
 * Which results are stored in KV, how much one client address may store, and for how long. Results that are not stored
 * are still answered, and still cached in the isolate's memory and at the edge.
 */
export const storageLimits = {
  /**
   * Estimated operations per byte below which a result is not stored, because training it again is cheaper than storing
   * it.
   */
  leastWorkPerByte: 1e4,
  /** The capacity of the storage quota: bytes that one address may have an isolate store at once. */
  bytesAtOnce: 8e6,
  /** The refill rate of the storage quota. */
  bytesPerMinute: 3e6,
  /** The least that a stored result counts, however small it is, because the write costs more than its bytes. */
  leastBytes: 4000,
  /** How many days results are stored, depending on whether their training is short or long. */
  days: { short: 30, long: 180 },
} as const

/**
 * The limits of large answers, which hold many numbers in memory until they are sent. Other answers are neither counted
 * nor delayed.
 */
export const assemblyLimits = {
  /** The estimated size in bytes from which an answer is large. */
  large: 512 * 1024,
  /** Bytes that all large answers of an isolate may hold together; further ones wait. */
  bytes: 24 * 1024 * 1024,
  /** How long a large answer waits before it is refused, in milliseconds. */
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
  /** Estimated operations that each value of a large answer counts, in the quota of the client address. */
  workPerValue: 4000,
} as const

/** Limits on the use of KV, which may be slow or not answer. */
export const storeLimits = {
  /**
   * How many experiments of a sweep are read ahead at once, and their bytes together, besides one that may be larger.
   */
  ahead: { most: 8, bytes: 1024 * 1024 },
  /** Bytes of pending writes; beyond them nothing more is stored. */
  pendingBytes: 8 * 1024 * 1024,
  /** How long a write may take, in milliseconds: the platform ends work that continues longer after the response. */
  longestWrite: 30_000,
} as const

const { inFlight, waiting } = isolateLimits
/** The limits on concurrent trainings, in a sentence. */
export const trainingLimitsInWords = `Each isolate of the Worker trains up to ${inFlight.short} short experiments (of some 0.2 seconds) and ${inFlight.long} long ones at a time; up to ${waiting.most} more wait for room, for ${waiting.longest / 1000} seconds at most.`

const { atOnce, perSecond, least, networkFactor } = addressLimits
const secondOfWork = 2.5e10
/** The work quota of a client address, in sentences. */
export const workQuotaInWords = `What is new counts by its work, for each address (of IPv6, each /64, and each /48 with ${networkFactor} times as much). One address may ask an isolate for some ${Math.round(atOnce / secondOfWork)} seconds of computing at once, and for ${Math.round((perSecond * 60) / secondOfWork)} more a minute. The smallest experiment counts as ${(least / secondOfWork) * 1000} ms. A sweep counts as a whole: it may begin, and then it ends, or none of it may.`

const { bytes, longestWait, workPerValue } = assemblyLimits
/** The limit of large answers in sentences. */
export const largeInWords = `An answer with many numbers, of 200 seeds and 500 epochs for example, counts as well, also where they are cached: ${(workPerValue * 1e6) / secondOfWork} seconds for a million values. Each isolate sends ${bytes / 2 ** 20} MB of them at a time; the others wait, for ${longestWait / 1000} seconds at most.`

const { leastWorkPerByte, bytesAtOnce, bytesPerMinute, leastBytes, days } = storageLimits
/** The storage policy, in sentences. */
export const storageInWords = `Results are stored for ${days.long} days, and for ${days.short} where they train within some 0.2 seconds. One address may have an isolate store ${bytesAtOnce / 1e6} MB at once, and ${bytesPerMinute / 1e6} MB more a minute; each result counts as ${leastBytes / 1000} kB at least. What is more is answered and not stored, and neither is what takes less than ${(leastWorkPerByte * 1e6) / secondOfWork} ms of computing a kB: it is cheaper to train again.`

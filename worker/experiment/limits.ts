/**
 * What one isolate of the Worker takes on at a time. Published: the pages and the API's document read it here.
 */
export const isolateLimits = {
  /** Estimated operations up to which a training is short: some 0.2 seconds. */
  shortWork: 5e9,
  /** Trainings in flight. Each kind has places of its own, so that a long one never keeps a short one waiting. */
  inFlight: { short: 4, long: 4 },
  /** Different trainings that wait for room, and how long anyone waits, in milliseconds. */
  waiting: { most: 100, longest: 15_000 },
} as const

const { inFlight, waiting } = isolateLimits
/** The limits in a sentence. */
export const roomInWords = `Each isolate of the Worker trains up to ${inFlight.short} short experiments (of some 0.2 seconds) and ${inFlight.long} long ones at a time; up to ${waiting.most} more wait for room, for ${waiting.longest / 1000} seconds at most.`

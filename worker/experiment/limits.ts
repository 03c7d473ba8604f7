/**
 * What one isolate of the Worker takes on at a time. Published: the pages and the API's document read it here.
 */
export const isolateLimits = {
  /** Trainings in flight, for results; one place is kept for short ones. */
  trainings: 4,
  /** Trainings in flight, for decision boundaries. */
  boundaries: 2,
  /** Trainings that wait for room, and how long anyone waits, in milliseconds. */
  waiting: { most: 100, longest: 15_000 },
} as const

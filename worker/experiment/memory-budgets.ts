/**
 * The memory budgets of all caches of an isolate, in bytes: one row per `LruCache`. A Worker has 128 MB, of which
 * training, TensorFlow.js and large answers (`spec/limits.ts`) need the rest. The site's scripts use some of these
 * caches as well, and bundle only the constants that they import.
 */
const MB = 2 ** 20

/** Digests, in `spec/digest.ts`. */
export const digests = MB
/** Datasets and their splits, in `datasets/split.ts`. */
export const splits = 4 * MB
/** Fresh points, in `datasets/fresh-points.ts`. */
export const fresh = 2 * MB
/** Numbers of experiments, in `results/results.ts`. */
export const numbers = 16 * MB
/**
 * Each kind of measurement (decision boundaries, gradient noise, generalization), in `results/measurement-cache.ts`.
 */
export const eachMeasurement = 4 * MB
/** Finished response bodies, in `http/body-cache.ts`. */
export const bodies = 16 * MB
/** Parsed queries of each route that caches them, in `http/query-cache.ts`. */
export const queriesOfRoute = MB
/** Token buckets, about 4,000 of them, in `http/work-quota.ts`. */
export const quotas = 4 * MB

/**
 * The memory that the caches of one isolate may take, in bytes: one row for each `LruCache`. A Worker has 128 MB, of which
 * training, TensorFlow.js and large answers (`spec/limits.ts`) need the rest. Scripts of the site use some of these caches
 * too, and load only the rows that they name.
 */
const MB = 2 ** 20

/** Digests, by what they are the digests of: `spec/digest.ts`. */
export const digests = MB
/** Datasets and their splits: `datasets/split.ts`. */
export const datasets = MB
/** Fresh examples: `datasets/fresh-points.ts`. */
export const fresh = 2 * MB
/** Numbers of experiments: `results/results.ts`. */
export const numbers = 16 * MB
/** Boundaries, gradient noise and generalization: each kind of `results/measurement-cache.ts`. */
export const eachMeasurement = 4 * MB
/** Finished bodies of answers: `http/body-cache.ts`. */
export const bodies = 16 * MB
/** Parsed queries, for each route that remembers them: `http/query-cache.ts`. */
export const queriesOfRoute = MB
/** Token buckets, some 4,000 of them: `http/work-quota.ts`. */
export const quotas = 4 * MB

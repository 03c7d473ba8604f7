/**
 * Two interleaved half circles: scikit-learn's `make_moons(n_samples, noise=noise, random_state)`.
 */
import { cosineOfTurn, sine } from '../sine.ts'
import { alongOutlines } from './outlines.ts'

/** Evenly along the half circle; both of its ends have a point. */
const angle = (index: number, count: number) => index * (Math.PI / (count - 1))

/** Class 0: a half circle above; class 1: one below, moved so that they interleave. */
export const moons = alongOutlines({
  outer: (index, count) => [cosineOfTurn(angle(index, count)), sine(angle(index, count))],
  inner: (index, count) => [1 - cosineOfTurn(angle(index, count)), 1 - sine(angle(index, count)) - 0.5],
  python: ({ examples, noise, datasetSeed }) => ({
    imports: 'from sklearn.datasets import make_moons',
    lines: `x, y = make_moons(n_samples=${examples}, noise=${noise}, random_state=${datasetSeed})`,
  }),
})

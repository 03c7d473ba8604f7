/** Two interleaved half circles, identical to scikit-learn's `make_moons(n_samples, noise=noise, random_state)`. */
import { ownLicense, type Description } from '../generator.ts'
import { cosineOfTurn, sine } from '../sine.ts'
import { alongOutlines, halves } from './outlines.ts'

/** Evenly spaced angles along the half circle, including both of its ends. */
const angle = (index: number, count: number) => index * (Math.PI / (count - 1))

/** Class 0: the upper half circle; class 1: the lower one, moved so that they interleave. */
export const moons = alongOutlines(
  () => [
    (index, count) => [cosineOfTurn(angle(index, count)), sine(angle(index, count))],
    (index, count) => [1 - cosineOfTurn(angle(index, count)), 1 - sine(angle(index, count)) - 0.5],
  ],
  halves,
)

/** In words and in Python. An export of its own: what trains does without it. */
export const moonsDescription: Description = {
  title: 'Moons',
  lesson: 'A boundary that is not a straight line needs a hidden layer.',
  source: 'scikit-learn’s make_moons',
  license: ownLicense,
  python: ({ examples, noise, datasetSeed }) => ({
    imports: 'from sklearn.datasets import make_moons',
    lines: `x, y = make_moons(n_samples=${examples}, noise=${noise}, random_state=${datasetSeed})`,
  }),
}

/**
 * A circle within a circle, identical to scikit-learn's `make_circles(n_samples, noise=noise, factor=0.5,
 * random_state)`.
 */
import { ownLicense, type Description } from '../generator.ts'
import { cosineOfTurn, sine } from '../sine.ts'
import { alongOutlines, halves } from './outlines.ts'

/** The radius of the inner circle; that of the outer one is 1. */
const factor = 0.5

/** Evenly spaced angles around the circle, without the end point, which is the start again. */
const angle = (index: number, count: number) => index * ((2 * Math.PI) / count)

/** Class 0: the outer circle; class 1: the inner one. */
export const circles = alongOutlines(
  () => [
    (index, count) => [cosineOfTurn(angle(index, count)), sine(angle(index, count))],
    (index, count) => [cosineOfTurn(angle(index, count)) * factor, sine(angle(index, count)) * factor],
  ],
  halves,
)

/** In words and in Python. An export of its own: what trains does without it. */
export const circlesDescription: Description = {
  title: 'Circles',
  lesson: 'One class encloses the other, so no straight line separates them.',
  source: 'scikit-learn’s make_circles with factor=0.5',
  license: ownLicense,
  python: ({ examples, noise, datasetSeed }) => ({
    imports: 'from sklearn.datasets import make_circles',
    lines: `# scikit-learn's own default is factor=0.8.
x, y = make_circles(n_samples=${examples}, noise=${noise}, factor=${factor}, random_state=${datasetSeed})`,
  }),
}

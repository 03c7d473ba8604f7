/**
 * A circle within a circle, identical to scikit-learn's `make_circles(n_samples, noise=noise, factor=0.5,
 * random_state)`.
 */
import type { PythonDataset } from '../generator.ts'
import { cosineOfTurn, sine } from '../sine.ts'
import { alongOutlines } from './outlines.ts'

/** The radius of the inner circle; that of the outer one is 1. */
const factor = 0.5

/** Evenly spaced angles around the circle, without the end point, which is the start again. */
const angle = (index: number, count: number) => index * ((2 * Math.PI) / count)

/** Class 0: the outer circle; class 1: the inner one. */
export const circles = alongOutlines({
  outer: (index, count) => [cosineOfTurn(angle(index, count)), sine(angle(index, count))],
  inner: (index, count) => [cosineOfTurn(angle(index, count)) * factor, sine(angle(index, count)) * factor],
})

/** The Python code that makes the same points, by scikit-learn. It is an export of its own: what trains does without. */
export const circlesInPython: PythonDataset = ({ examples, noise, datasetSeed }) => ({
  imports: 'from sklearn.datasets import make_circles',
  lines: `# scikit-learn's own default is factor=0.8.
x, y = make_circles(n_samples=${examples}, noise=${noise}, factor=${factor}, random_state=${datasetSeed})`,
})

/** 569 tumors, benign or malignant, with thirty measures of their cell nuclei. */
import { datasets } from '#methods/datasets.ts'

import type { Description } from '../generator.ts'
import { fromTable, shuffledLines } from './from-table.ts'

export const breastCancer = fromTable('breastCancer')

/** In words and in Python. An export of its own: what trains does without it. */
export const breastCancerDescription: Description = {
  title: 'Breast cancer',
  lesson: 'A few hundred examples with thirty inputs are soon fitted, and the test accuracy hangs on few examples.',
  source: 'W. Wolberg et al., Breast cancer Wisconsin (diagnostic), UCI, as packaged by scikit-learn',
  license: 'CC BY 4.0',
  python: (spec) => ({
    imports: `from sklearn.datasets import load_breast_cancer
from sklearn.utils import shuffle`,
    lines: `x, y = load_breast_cancer(return_X_y=True)
y = 1 - y  # scikit-learn's 0 is malignant; here classes are numbered by name
${shuffledLines(spec, datasets.breastCancer.examples)}`,
  }),
}

/** 1797 handwritten digits of 8 × 8 pixels, each from 0 to 16. */
import { datasets } from '#methods/datasets.ts'

import type { Description } from '../generator.ts'
import { fromTable, shuffledLines } from './from-table.ts'

export const digits = fromTable('digits')

/** In words and in Python. An export of its own: what trains does without it. */
export const digitsDescription: Description = {
  title: 'Digits',
  lesson:
    'With more inputs and classes, the batch size decides how soon the network learns more than how calm it ends.',
  source:
    'E. Alpaydin and C. Kaynak, Optical recognition of handwritten digits, UCI (test set), as packaged by scikit-learn',
  license: 'CC BY 4.0',
  python: (spec) => ({
    imports: `from sklearn.datasets import load_digits
from sklearn.utils import shuffle`,
    lines: `x, y = load_digits(return_X_y=True)
${shuffledLines(spec, datasets.digits.examples)}`,
  }),
}

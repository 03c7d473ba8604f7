/**
 * Interleaved Archimedean spirals, one arm for each class, after the two spirals of Lang & Witbrock, "Learning to tell
 * two spirals apart" (1988).
 *
 * Point i of the n points of arm k, with t = (i + 1) / n, lies at radius 5·t and at the angle 2π·(1.25·t + k / arms). The
 * order of draws is that of scikit-learn's `make_moons`: `RandomState(datasetSeed)` shuffles the points of all arms, and
 * then adds normal noise to x and y of each. The first arms have the points that do not divide evenly.
 */
import { ownLicense, type Description } from '../generator.ts'
import { cosineOfTurn, sine } from '../sine.ts'
import { alongOutlines } from './outlines.ts'

/** The radius of the outer end of an arm, and the turns on the way there from the center. */
const radius = 5
const turns = 1.25

const sizesOf = (examples: number, arms: number) =>
  Array.from({ length: arms }, (_, arm) => Math.floor(examples / arms) + (arm < examples % arms ? 1 : 0))

/** Class k: arm k. */
export const spirals = alongOutlines(
  (arms) =>
    Array.from({ length: arms }, (_, arm) => (index: number, count: number) => {
      const share = (index + 1) / count
      const angle = 2 * Math.PI * (turns * share + arm / arms)
      return [radius * share * cosineOfTurn(angle), radius * share * sine(angle)]
    }),
  sizesOf,
)

/** In words and in Python. An export of its own: what trains does without it. */
export const spiralsDescription: Description = {
  title: 'Spirals',
  lesson: 'Classes that wind around each other need a larger network and more updates, or other features.',
  source: 'Lang & Witbrock, “Learning to tell two spirals apart” (1988), with other turns, arms and noise',
  license: ownLicense,
  python: ({ examples, classes, noise, datasetSeed }) => ({
    imports: '',
    lines: `random = np.random.RandomState(${datasetSeed})
x, y = [], []
for arm in range(${classes}):
    n = ${examples} // ${classes} + (arm < ${examples} % ${classes})
    share = np.arange(1, n + 1) / n
    angle = 2 * np.pi * (${turns} * share + arm / ${classes})
    x.append(${radius} * share[:, None] * np.c_[np.cos(angle), np.sin(angle)])
    y.append(np.full(n, arm))
order = np.arange(${examples})
random.shuffle(order)
x, y = np.concatenate(x)[order], np.concatenate(y)[order]
x += random.normal(scale=${noise}, size=x.shape)`,
  }),
}

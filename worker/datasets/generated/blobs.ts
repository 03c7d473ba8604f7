/**
 * Round clusters of points, identical to scikit-learn's `make_blobs(n_samples, centers=classes, cluster_std=noise,
 * random_state)` with two features and its default box.
 */
import { ownLicense, type Description, type Generator } from '../generator.ts'
import { RandomState } from '../numpy-random.ts'
import { arrange, inOrder, type Points } from '../points.ts'
import { inPlane } from './plane.ts'

/** Half the width of the square around the origin in which centers lie. */
const box = 10

/** Draws a cluster of points around each of `classes` random centers, [classes][2]. */
function makeBlobs(
  examples: number,
  classes: number,
  noise: number,
  seed: number,
): Points & { centers: [number, number][] } {
  const random = new RandomState(seed)
  const centers = Array.from({ length: classes }, (): [number, number] => [
    random.uniform(-box, box),
    random.uniform(-box, box),
  ])
  return { ...drawAround(centers, examples, noise, random), centers }
}

/** Draws points around given centers [classes][2]. */
function drawAround(
  centers: readonly [number, number][],
  examples: number,
  noise: number,
  random: RandomState,
): Points {
  const classes = centers.length
  const coordinates = new Float64Array(2 * examples)
  const labels = new Uint8Array(examples)
  let row = 0
  centers.forEach(([x, y], label) => {
    // The first clusters get the points that do not divide evenly.
    const size = Math.floor(examples / classes) + (label < examples % classes ? 1 : 0)
    for (const end = row + size; row < end; row++) {
      coordinates[2 * row] = random.normal(x, noise)
      coordinates[2 * row + 1] = random.normal(y, noise)
      labels[row] = label
    }
  })
  const order = inOrder(examples)
  random.shuffle(order)
  return arrange({ coordinates, labels }, order)
}

export const blobs: Generator = {
  ...inPlane,
  make: ({ examples, classes, noise, datasetSeed }) => makeBlobs(examples, classes, noise, datasetSeed),
  fresh: ({ noise }, { centers }, examples, random) => drawAround(centers!, examples, noise, random),
}

/** In words and in Python. An export of its own: what trains does without it. */
export const blobsDescription: Description = {
  title: 'Blobs',
  lesson: 'Where classes overlap, no setting reaches 100 %, and small batches keep the accuracy jumping.',
  source: 'scikit-learn’s make_blobs with two features and its default box',
  license: ownLicense,
  python: ({ examples, classes, noise, datasetSeed }) => ({
    imports: 'from sklearn.datasets import make_blobs',
    lines: `x, y = make_blobs(n_samples=${examples}, centers=${classes}, n_features=2, cluster_std=${noise}, random_state=${datasetSeed})`,
  }),
}

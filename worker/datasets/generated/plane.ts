/** What all generated datasets share: their examples are points in the plane, and their classes are numbered. */
import type { Generator } from '../generator.ts'

/** The names of the features and classes of points in the plane. */
export const inPlane: Pick<Generator, 'featureNames' | 'classNames'> = {
  featureNames: () => ['x', 'y'],
  classNames: ({ classes }) => Array.from({ length: classes }, (_, label) => String(label)),
}

/**
 * The features that a network can be given of a point in the plane, by name and in their order. The field `features` of a
 * spec is a list of them, such as `x-y-x2`.
 */

export const planeFeatureNames = ['x', 'y', 'x2', 'y2', 'xy', 'sinx', 'siny'] as const
export type PlaneFeature = (typeof planeFeatureNames)[number]

/** The features of a list such as `x-y-x2`. */
export function planeFeaturesOf(list: string): PlaneFeature[] {
  return list.split('-') as PlaneFeature[]
}

/** What the present settings of the valley do, in a few sentences. */
import { amount } from '#charts/text/format.ts'

import { curvatures, descend, lossAt, noiseFloor, overshoots, stabilityLimit, valleyUpdates } from './model.ts'
import type { Place, ValleySettings } from './model.ts'

/** Describes a descent: whether it is stable, how it gets to the minimum, and where it ends. */
export function valleyInWords(settings: ValleySettings, average: Place | undefined): string {
  const limit = stabilityLimit(settings)
  const [flat, steep] = curvatures
  if (steep >= limit)
    return `Above the limit: diverges along ${flat >= limit ? 'both axes' : 'the steep axis'}. Its curvature of ${steep} is more than the ${amount(limit)} that steps of this length allow.`
  const floor = noiseFloor(settings)
  const sentences = ['Below the limit: stable.', onTheWay(settings)]
  const left = lossAt(descend(settings).at(-1)!)
  if (left > Math.max(2 * floor, 0.05))
    sentences.push(`After ${valleyUpdates} updates it is still on its way: the steps are too short, or too few.`)
  else if (floor === 0) sentences.push('Its gradient is exact, so the loss goes to zero.')
  else sentences.push(`Then the noise holds the loss at about ${amount(floor)}, the noise floor.`)
  if (average && floor > 0) sentences.push(`The average of the weights has a loss of ${amount(lossAt(average))}.`)
  return sentences.join(' ')
}

/** How the path gets to the minimum. */
function onTheWay(settings: ValleySettings): string {
  const [flat, steep] = curvatures
  if (overshoots(settings, flat)) return 'Momentum carries the weights past the minimum, and they come back.'
  if (settings.momentum === 0 && settings.learningRate * steep > 1)
    return 'Each step lands on the other side of the valley, so the path zigzags.'
  if (overshoots(settings, steep)) return 'Momentum makes it swing across the valley while it moves along it.'
  return 'The path bends into the valley and follows it.'
}

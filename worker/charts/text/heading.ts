/** The name of an experiment: the settings in which it differs from the tutorial's. */
import { specQuery } from '#experiment/spec/permalink.ts'
import type { ExperimentSpec, SpecField } from '#experiment/spec/spec.ts'

import { isSetting, settingInWords } from './experiment-names.ts'

/** The name of the tutorial's own experiment. */
const ofTheTutorial = 'The tutorial’s experiment'
/** The settings that come first in a name. */
const first: readonly SpecField[] = ['dataset', 'batchSize', 'learningRate']

/** The name of an experiment, for headings and page titles: `Batch size 4, 30 seeds`. */
export function headingOf(spec: ExperimentSpec): string {
  const changed = Array.from(specQuery(spec).keys()).filter(isSetting)
  const rank = (field: SpecField) => (first.includes(field) ? first.indexOf(field) : first.length)
  const words = changed
    .sort((a, b) => rank(a) - rank(b))
    .map((field) => settingInWords(spec, field))
    .join(', ')
  return words ? words.charAt(0).toUpperCase() + words.slice(1) : ofTheTutorial
}

/** The view switches of learning curves: each choice is a link to the same experiment with that view. */
import { curveSwitches, viewChoices } from '#charts/view.ts'

import { writeAddress } from './address.ts'
import type { SettingsState } from './settings-state.ts'

/** The labels of choices whose names are not clear enough. */
const words: Partial<Record<string, string>> = {
  evaluated: 'train evaluated',
  running: 'running',
  all: 'all runs',
  first: 'first run',
}

/** The switches. */
export function ViewSwitches({ setup: { spec, shown } }: { setup: SettingsState }) {
  const keys = curveSwitches.filter((key) => key !== 'runs' || spec.seeds > 1)
  return (
    <nav class="instrument-switches" aria-label="How the curves are shown">
      {keys.map((key) => (
        <ul key={key} aria-label={key}>
          {viewChoices[key].map((choice) => (
            <li key={choice}>
              <a
                href={writeAddress(spec, { ...shown, view: { ...shown.view, [key]: choice } })}
                aria-current={shown.view[key] === choice ? 'true' : undefined}
              >
                {words[choice] ?? choice}
              </a>
            </li>
          ))}
        </ul>
      ))}
    </nav>
  )
}

/**
 * The choice of the number of runs next to the chart: each is a link to the same experiment with that many seeds.
 * Impossible choices are disabled, with the reason.
 */
import { listInWords, wholeNumber } from '#charts/text/format.ts'

import { linkToValue, type SettingsState } from './settings-state.ts'

const usual = [1, 10, 30, 100] as const

/** The choices; an unusual number of seeds is added to them. */
export function SeedsChoice({ setup }: { setup: Pick<SettingsState, 'spec' | 'shown'> }) {
  const { spec, shown } = setup
  const isLocked = shown.lock.includes('seeds')
  const counts = [...new Set([...usual, spec.seeds])].sort((a, b) => a - b)
  const choices = counts.map((seeds) => {
    if (seeds === spec.seeds || !isLocked) return { seeds, ...linkToValue(setup, 'seeds', seeds) }
    return { seeds, instead: 'frozen by whoever made this link' }
  })
  const refused = choices.flatMap((choice) => ('instead' in choice ? [choice] : []))
  return (
    <div class="seeds-choice" role="group" aria-label="seeds">
      <span aria-hidden="true">seeds</span>
      <ul>
        {choices.map((choice) => (
          <li key={choice.seeds}>
            {'address' in choice ? (
              <a href={choice.address} aria-current={choice.seeds === spec.seeds ? 'true' : undefined}>
                <span>{wholeNumber(choice.seeds)}</span>
              </a>
            ) : (
              <button type="button" disabled aria-describedby="seeds-refused">
                <span>{wholeNumber(choice.seeds)}</span>
              </button>
            )}
          </li>
        ))}
      </ul>
      {refused.length > 0 && (
        <p id="seeds-refused">
          {listInWords(refused.map(({ seeds }) => wholeNumber(seeds)))} cannot be: {refused[0]!.instead}.
        </p>
      )}
    </div>
  )
}

/**
 * How many runs there are, chosen beside the chart: each choice is a link to the same experiment with so many. What
 * cannot be is shown as such, with the reason.
 */
import { listInWords, whole } from '#charts/format.ts'

import { wayTo, type Setup } from './setup.ts'

const usual = [1, 10, 30, 100] as const

/** The choice; a number of seeds that is none of the usual ones stands among them. */
export function SeedsChoice({ setup }: { setup: Pick<Setup, 'spec' | 'shown'> }) {
  const { spec, shown } = setup
  const isFrozen = shown.lock.includes('seeds')
  const counts = [...new Set([...usual, spec.seeds])].sort((a, b) => a - b)
  const choices = counts.map((seeds) => {
    if (seeds === spec.seeds || !isFrozen) return { seeds, ...wayTo(setup, 'seeds', seeds) }
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
                <span>{whole(choice.seeds)}</span>
              </a>
            ) : (
              <button type="button" disabled aria-describedby="seeds-refused">
                <span>{whole(choice.seeds)}</span>
              </button>
            )}
          </li>
        ))}
      </ul>
      {refused.length > 0 && (
        <p id="seeds-refused">
          {listInWords(refused.map(({ seeds }) => whole(seeds)))} cannot be: {refused[0]!.instead}.
        </p>
      )}
    </div>
  )
}

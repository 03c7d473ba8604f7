/**
 * Experiments to start from, each with a line on what to look at. What the link's maker froze stays frozen.
 */
import { controlOf } from '#experiment/spec/controls.ts'
import { readSpec } from '#experiment/spec/permalink.ts'
import type { SpecField } from '#experiment/spec/spec.ts'

import { examples } from './examples.ts'
import { changedIn, startAddress, type SettingsState } from './settings-state.ts'

/** The experiments, read. */
const read = examples.map((start) => ({
  ...start,
  spec: readSpec(new URLSearchParams(start.query), {}, 'refuse').spec,
}))

/** The list, as links; as text where an experiment does not go with what is frozen. */
export function ExampleList({ setup }: { setup: Pick<SettingsState, 'spec' | 'shown'> }) {
  return (
    <details class="starting">
      <summary>Experiments to start from</summary>
      <ul>
        {read.map(({ query, title, comment, spec }) => {
          const address = startAddress(setup, changedIn(spec))
          const other = setup.shown.lock.filter((field) => spec[field] !== setup.spec[field])
          const text = (
            <>
              <b>{title}</b> <span>{comment}</span>
              {other.length > 0 && <span>{frozenInWords(other, address !== undefined)}</span>}
            </>
          )
          return <li key={query}>{address === undefined ? <p>{text}</p> : <a href={address}>{text}</a>}</li>
        })}
      </ul>
    </details>
  )
}

/** What becomes of settings that the experiment would change, but that are frozen. */
function frozenInWords(fields: readonly SpecField[], isPossible: boolean): string {
  const titles = fields.map((field) => controlOf(field).title).join(', ')
  return isPossible ? `Here without its ${titles}, frozen as set.` : `Not with the frozen ${titles}.`
}

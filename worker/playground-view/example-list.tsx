/**
 * The list of example experiments, each with a comment on what to look at. Settings that the link's author locked stay
 * locked.
 */
import { controlOf } from '#experiment/spec/controls.ts'
import { readSpec } from '#experiment/spec/permalink.ts'
import type { SpecField } from '#experiment/spec/spec.ts'

import { examples } from './examples.ts'
import { changedIn, startAddress, type SettingsState } from './settings-state.ts'

/** The parsed examples. */
const read = examples.map((start) => ({
  ...start,
  spec: readSpec(new URLSearchParams(start.query), {}, 'refuse').spec,
}))

/** The list of links. An example that contradicts locked settings is plain text. */
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
              {other.length > 0 && <span>{lockedText(other, address !== undefined)}</span>}
            </>
          )
          return <li key={query}>{address === undefined ? <p>{text}</p> : <a href={address}>{text}</a>}</li>
        })}
      </ul>
    </details>
  )
}

/** The note about locked settings that the example would change. */
function lockedText(fields: readonly SpecField[], isPossible: boolean): string {
  const titles = fields.map((field) => controlOf(field).title).join(', ')
  return isPossible ? `Here without its ${titles}, frozen as set.` : `Not with the frozen ${titles}.`
}

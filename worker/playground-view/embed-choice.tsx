/** The HTML for other pages, with a choice of the settings that the frame has controls for. */
import { useState } from 'preact/hooks'

import { controlOf } from '#experiment/spec/controls.ts'
import type { SpecField } from '#experiment/spec/spec.ts'

import { Copyable } from './copyable.tsx'
import { embedCode, frameSize } from './embed-code.ts'
import { changedIn } from './settings-state.ts'
import type { ShareTexts } from './share-texts.ts'

/** The settings that are always offered; those that differ from the tutorial's are, too. */
const usual: readonly SpecField[] = ['batchSize', 'learningRate', 'momentum', 'epochs', 'seeds']

/** The choice and the HTML. */
export function EmbedChoice({ shared: { spec, shown, origin } }: { shared: ShareTexts }) {
  const [controls, setControls] = useState<readonly SpecField[]>([])
  const offered = [...new Set([...usual, ...(Object.keys(changedIn(spec)) as SpecField[])])]
  return (
    <details class="freezing">
      <summary>Show it on your own page</summary>
      <p>
        Put this HTML where the figure shall stand. It fits any frame from 280 × 200 pixels up. Browsers show it on
        pages that are served, not on files opened from a disk.
      </p>
      <fieldset class="scripted">
        <legend>Settings that readers can change there; with none it is a picture</legend>
        {offered.map((field) => (
          <label key={field}>
            <input
              type="checkbox"
              checked={controls.includes(field)}
              onChange={({ currentTarget }) =>
                setControls(currentTarget.checked ? [...controls, field] : controls.filter((other) => other !== field))
              }
            />{' '}
            {controlOf(field).title}
          </label>
        ))}
      </fieldset>
      <Copyable text={embedCode(spec, shown, origin, { ...frameSize, controls })} name="HTML of the frame" />
    </details>
  )
}

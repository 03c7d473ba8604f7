/**
 * The playground's screen: settings, pictures and numbers of one experiment. The Worker renders it, so that it works
 * without JavaScript; what takes it over in the browser renders the same.
 */
import type { Drawing } from '#charts/drawing.tsx'
import { headingOf } from '#charts/heading.ts'
import type { FieldError } from '#experiment/errors.ts'

import { KeyNumbers, sourceInWords } from './key-numbers.tsx'
import { Notes, Problem, type Refused } from './notes.tsx'
import { BoundaryPicture, CurvesPicture, Takeaway } from './pictures.tsx'
import { RunsTable } from './runs-table.tsx'
import { Settings } from './settings.tsx'
import type { Setup } from './setup.ts'
import { Sharing } from './sharing.tsx'
import { Switches } from './switches.tsx'
import type { Stranger } from './typed.ts'

/** What was trained. */
export interface Trained {
  curves: Drawing
  /** Absent where it takes too long to train for a page. */
  boundary: Drawing | undefined
  /** Whether the numbers are those that a shared link promised. */
  promise: string | undefined
}

interface InstrumentProps {
  setup: Setup
  strangers: readonly Stranger[]
  leftOut: readonly FieldError[]
  /** Where the site is served. */
  origin: string
  outcome: Trained | Refused
}

/** The whole screen. */
export function Instrument({ setup, strangers, leftOut, origin, outcome }: InstrumentProps) {
  const trained = 'curves' in outcome ? outcome : undefined
  return (
    <div class="instrument">
      <div class="instrument-head">
        <h1>{headingOf(setup.spec)}</h1>
        <div class="instrument-notes" role="status">
          <Notes setup={setup} strangers={strangers} leftOut={leftOut} promise={trained?.promise} />
        </div>
        <div role="alert">{!('curves' in outcome) && <Problem errors={setup.errors} refused={outcome} />}</div>
      </div>
      <Settings setup={setup} />
      {trained && <Pictures setup={setup} origin={origin} trained={trained} />}
    </div>
  )
}

/** What came of it. */
function Pictures({
  setup,
  origin,
  trained: { curves, boundary },
}: Pick<InstrumentProps, 'setup' | 'origin'> & { trained: Trained }) {
  const [result] = curves.results
  return (
    <>
      <CurvesPicture drawing={curves} />
      <Switches setup={setup} />
      {boundary && <BoundaryPicture drawing={boundary} />}
      <div class="instrument-numbers">
        <KeyNumbers result={result} />
        <p class="instrument-source">{sourceInWords(result)}</p>
        <Takeaway drawing={curves} />
      </div>
      <div class="instrument-more">
        <details class="instrument-runs">
          <summary>Every run in a table</summary>
          <RunsTable result={result} />
        </details>
        <Sharing setup={setup} origin={origin} fingerprint={result.fingerprint} />
      </div>
    </>
  )
}

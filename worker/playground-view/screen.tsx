/**
 * The playground's screen: settings, pictures and numbers of one experiment. The Worker renders it, so that it works
 * without JavaScript; what takes it over in the browser renders the same.
 */
import type { VNode } from 'preact'

import type { Subject } from '#charts/chart-type.ts'
import { Memo } from '#charts/memo.tsx'
import { headingOf } from '#charts/text/heading.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'
import type { FieldError } from '#experiment/spec/errors.ts'

import { ComparisonLine } from './comparison.tsx'
import { ExampleList } from './example-list.tsx'
import { pairedDifferencesText, KeyNumbers, sourceInWords, type Pinned } from './key-numbers.tsx'
import type { UnknownKey } from './lenient-input.ts'
import { Notices, ProblemNotice, type Refused } from './notices.tsx'
import { BoundaryPicture, CurvesPicture, Takeaway } from './pictures.tsx'
import { speeds, PlaybackControls } from './playback-controls.tsx'
import { runPositionOf, unitOf } from './run-position.ts'
import { RunsTable } from './runs-table.tsx'
import { SeedsChoice } from './seeds-choice.tsx'
import type { SettingsState } from './settings-state.ts'
import { Settings } from './settings.tsx'
import { SharePanel } from './share-panel.tsx'
import { promiseOf } from './share-texts.ts'
import { ViewSwitches } from './view-switches.tsx'

/** What was trained. */
export interface TrainedOutcome {
  curves: Subject
  /** Absent where it takes too long to train for a page. */
  boundary: Subject | undefined
  /** What it is compared with, where that is trained. */
  pinned?: Pinned | undefined
  /** Whether the numbers are those that a shared link promised. */
  promise: string | undefined
}

interface InstrumentProps {
  setup: SettingsState
  unknownKeys: readonly UnknownKey[]
  leftOut: readonly FieldError[]
  /** Where the site is served. */
  origin: string
  outcome: TrainedOutcome | Refused
  /** What takes the place of the pictures where they are drawn live. */
  live?: Live | undefined
}

/** What is drawn live, and what only a page with hands has. */
interface Live {
  curves: VNode
  boundary: VNode
  transport: VNode
  /** How far it is, what it is compared with, what the Worker says. */
  standing: VNode
  /** What was shown when the hand rested last: links to others are of that. */
  rested: { setup: SettingsState; result: ExperimentResult }
  /** What happens within the first run: one update, looked at closely; the noise. Absent where the page cannot train. */
  update: VNode | undefined
}

/** The whole screen: what changes as a hand moves, and below it what leads on. */
export function PlaygroundScreen({ setup, unknownKeys, leftOut, origin, outcome, live }: InstrumentProps) {
  const trained = 'curves' in outcome ? outcome : undefined
  return (
    <div class="instrument">
      <div class="instrument-stage">
        <div class="instrument-head">
          <h1>{trained ? headingOf(setup.spec) : 'Playground'}</h1>
          {trained && (
            <p class="instrument-lead scripted">
              A small network learns to tell points apart. Move a slider: it trains anew as you move.
            </p>
          )}
          <div class="instrument-notes" role="status">
            <Notices setup={setup} unknownKeys={unknownKeys} leftOut={leftOut} promise={trained?.promise} />
          </div>
          <div role="alert">{!('curves' in outcome) && <ProblemNotice errors={setup.errors} refused={outcome} />}</div>
        </div>
        <Memo of={[setup]}>
          {() => (
            <div class="instrument-settings">
              <h2 class="unseen">Settings</h2>
              <Settings setup={setup} />
              <ExampleList setup={setup} />
            </div>
          )}
        </Memo>
        {trained && <Pictures setup={setup} trained={trained} live={live} />}
      </div>
      {trained && (
        <div class="instrument-more">
          <h2 class="unseen">A closer look</h2>
          {live?.update}
          <Onward origin={origin} {...(live?.rested ?? { setup, result: trained.curves.results[0] })} />
        </div>
      )}
    </div>
  )
}

/** What came of it. */
function Pictures({
  setup,
  trained: { curves, boundary, pinned },
  live,
}: Pick<InstrumentProps, 'setup' | 'live'> & { trained: TrainedOutcome }) {
  const [result] = curves.results
  const { spec, shown } = setup
  const { axis } = shown.view
  const choices = live?.rested.setup ?? setup
  return (
    <>
      <h2 class="unseen">Learning curves</h2>
      {live?.curves ?? <CurvesPicture drawing={curves} />}
      <div class="instrument-way">
        {live?.transport ?? (
          <PlaybackControls
            spec={spec}
            place={runPositionOf(spec, shown)}
            axis={axis}
            isPlaying={false}
            speed={speeds[1]}
            unit={unitOf(axis)}
          />
        )}
        <Memo of={[choices]}>
          {() => (
            <div class="instrument-choices">
              <SeedsChoice setup={choices} />
              <ViewSwitches setup={choices} />
            </div>
          )}
        </Memo>
      </div>
      <h2 class="unseen">Decision boundary</h2>
      {live?.boundary ?? (boundary && <BoundaryPicture drawing={boundary} />)}
      <div class="instrument-numbers">
        <h2 class="unseen">Numbers</h2>
        <Memo of={[result, pinned, curves]}>
          {() => (
            <>
              <KeyNumbers result={result} pinned={pinned} />
              <p class="instrument-source">
                {sourceInWords(pinned?.own ?? result)} {pinned && pairedDifferencesText(pinned)}
              </p>
              <Takeaway drawing={curves} />
            </>
          )}
        </Memo>
        <div class="instrument-standing">{live?.standing ?? <ComparisonLine setup={setup} />}</div>
      </div>
    </>
  )
}

/** What leads on: every run's numbers, files, links. */
function Onward({ setup, origin, result }: Pick<InstrumentProps, 'setup' | 'origin'> & { result: ExperimentResult }) {
  return (
    <>
      <details class="instrument-runs">
        <summary>Every run in a table</summary>
        <Memo of={[result]}>{() => <RunsTable result={result} />}</Memo>
      </details>
      <Memo of={[setup, origin, result]}>
        {() => <SharePanel shared={{ ...setup, origin, promised: promiseOf(result, setup.spec) }} />}
      </Memo>
    </>
  )
}

/**
 * The playground's screen: settings, charts and numbers of one experiment. The Worker renders it, so that it works
 * without JavaScript; in the browser, the same component takes over.
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

/** The outcome of a training. */
export interface TrainedOutcome {
  curves: Subject
  /** Undefined if training it takes too long for a page. */
  boundary: Subject | undefined
  /** The comparison with the pinned experiment, if that is trained. */
  pinned?: Pinned | undefined
  /** The outcome of the check against a shared link's promise. */
  promise: string | undefined
}

interface InstrumentProps {
  setup: SettingsState
  unknownKeys: readonly UnknownKey[]
  leftOut: readonly FieldError[]
  /** The origin of the site. */
  origin: string
  outcome: TrainedOutcome | Refused
  /** The live parts that replace the static charts. */
  live?: Live | undefined
}

/** The live parts, which need scripts. */
interface Live {
  curves: VNode
  boundary: VNode
  transport: VNode
  /** The status bar: progress, comparison, and verification by the Worker. */
  standing: VNode
  /** The state after the last gesture ended, which links refer to. */
  rested: { setup: SettingsState; result: ExperimentResult }
  /** The details of a single update of the first run, and the gradient noise. Undefined if the page cannot train. */
  update: VNode | undefined
}

/** The whole screen: first the parts that change while a setting moves, then further links. */
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

/** The charts and numbers. */
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

/** Further links: every run's numbers, files and sharing. */
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

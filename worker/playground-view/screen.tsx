/**
 * The playground's screen: settings, charts and numbers of one experiment. The Worker renders it, so that it works
 * without JavaScript; in the browser, the same component takes over.
 */
import type { ComponentChildren, VNode } from 'preact'

import type { Subject } from '#charts/chart-type.ts'
import { Memo } from '#charts/memo.tsx'
import type { ExperimentResult } from '#experiment/result/result.ts'
import type { FieldError } from '#experiment/spec/errors.ts'

import { Drawer, type DrawerPanel } from './drawer.tsx'
import { ExampleList } from './example-list.tsx'
import { pairedDifferencesText, KeyNumbers, sourceInWords, type Pinned } from './key-numbers.tsx'
import type { UnknownKey } from './lenient-input.ts'
import { Notices, ProblemNotice, type Refused } from './notices.tsx'
import { BoundaryPicture, CurvesPicture, Takeaway } from './pictures.tsx'
import { speeds, PlaybackControls } from './playback-controls.tsx'
import { Programs } from './programs.tsx'
import { runPositionOf, unitOf, type RunPosition } from './run-position.ts'
import { RunsTable } from './runs-table.tsx'
import { SeedsChoice } from './seeds-choice.tsx'
import type { SettingsState } from './settings-state.ts'
import { Settings } from './settings.tsx'
import { SharePanel } from './share-panel.tsx'
import { promiseOf } from './share-texts.ts'
import { TopBar } from './top-bar.tsx'
import { SeedDifferences, Verdict } from './verdict.tsx'
import { ViewSwitches } from './view-switches.tsx'

/** The outcome of a training. */
export interface TrainedOutcome {
  curves: Subject
  /** Undefined if training it takes too long for a page, or the data have no plane. */
  boundary: Subject | undefined
  /** The comparison with the pinned experiment, if that is trained. */
  pinned?: Pinned | undefined
  /** The outcome of the check against a shared link's promise. */
  promise: string | undefined
}

/** The page comes before the experiment is trained: the browser trains it. */
export interface Untrained {
  /** The address at which the Worker trains it first, for readers without scripts. */
  waitAt: string
}

interface InstrumentProps {
  setup: SettingsState
  unknownKeys: readonly UnknownKey[]
  leftOut: readonly FieldError[]
  /** The origin of the site. */
  origin: string
  outcome: TrainedOutcome | Untrained | Refused
  /** The live parts that replace the static charts. */
  live?: Live | undefined
}

/** The live parts, which need scripts. */
interface Live {
  curves: VNode
  /** The plane; for data of more than two features the predictions of the test half. */
  boundary: VNode
  transport: VNode
  /** The status of the training in the top bar: progress, and verification by the Worker. */
  status: VNode
  /** What there is to say of the last change, and of the other side of a comparison. */
  notes: VNode
  /** The position of the cursor, which the key numbers follow. */
  place: RunPosition
  /** The state after the last gesture ended, which links refer to. */
  rested: { setup: SettingsState; result: ExperimentResult }
  /** The panels of the drawer that need a browser that trains, and what is added to the numbers. */
  panels: Partial<Record<DrawerPanel, ComponentChildren>>
  stock: VNode | undefined
  open: DrawerPanel | undefined
  onOpen: (panel: DrawerPanel | undefined) => void
}

/** The whole screen: the bar, the settings, the pictures with their numbers, and the drawer below them. */
export function PlaygroundScreen({ setup, unknownKeys, leftOut, origin, outcome, live }: InstrumentProps) {
  const trained = 'curves' in outcome ? outcome : undefined
  const untrained = 'waitAt' in outcome ? outcome : undefined
  const { spec, shown } = setup
  const classes = ['instrument', (trained || untrained) && 'is-trained', live?.open && 'has-open-drawer']
  return (
    <div class={classes.filter(Boolean).join(' ')}>
      {/* The examples and the settings are more than 40 stops of the Tab key. */}
      <a class="skip" href="#set-batchSize">
        Skip to the settings
      </a>
      {trained && (
        <a class="skip" href="#tab-numbers">
          Skip to the closer look
        </a>
      )}
      <div class={`instrument-stage${trained || untrained ? ' is-trained' : ''}`}>
        <div class="instrument-head">
          <TopBar
            setup={setup}
            isTrained={trained !== undefined || untrained !== undefined}
            status={live?.status}
            verdict={shown.pin && <Verdict spec={spec} pin={shown.pin} comparison={trained?.pinned?.comparison} />}
          />
          <div class="instrument-notes" role="status">
            <Notices setup={setup} unknownKeys={unknownKeys} leftOut={leftOut} promise={trained?.promise} />
            {live?.notes}
          </div>
          <div role="alert">{'title' in outcome && <ProblemNotice errors={setup.errors} refused={outcome} />}</div>
        </div>
        <Memo of={[setup]}>
          {() => (
            <div class="instrument-settings">
              <h2 class="unseen">Settings</h2>
              <ExampleList setup={setup} />
              <Settings setup={setup} />
            </div>
          )}
        </Memo>
        {untrained && <Placeholder waitAt={untrained.waitAt} />}
        {trained && <Pictures setup={setup} trained={trained} live={live} />}
      </div>
      {trained && <More setup={setup} origin={origin} trained={trained} live={live} />}
    </div>
  )
}

/** The place of the curves before anything is trained. */
function Placeholder({ waitAt }: Untrained) {
  return (
    <figure class="instrument-curves instrument-placeholder">
      <p class="scripted" role="status">
        Training in your browser …
      </p>
      <noscript>
        <p>
          The Worker trains this experiment now; the page opens when it is done. <a href={waitAt}>Open it</a>
        </p>
      </noscript>
    </figure>
  )
}

type PartProps = Pick<InstrumentProps, 'setup' | 'live'> & { trained: TrainedOutcome }

/** The charts and the key numbers. */
function Pictures({ setup, trained: { curves, boundary, pinned }, live }: PartProps) {
  const [result] = curves.results
  const { spec, shown } = setup
  const { axis } = shown.view
  const choices = live?.rested.setup ?? setup
  const place = live?.place
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
      </div>
      <Memo of={[choices]}>
        {() => (
          <div class="instrument-choices">
            <SeedsChoice setup={choices} />
            <ViewSwitches setup={choices} />
          </div>
        )}
      </Memo>
      <h2 class="unseen">Decision boundary</h2>
      {live?.boundary ?? (boundary && <BoundaryPicture drawing={boundary} />)}
      <div class="instrument-numbers">
        <h2 class="unseen">Key numbers</h2>
        <Memo of={[result, pinned, place?.epoch, place?.step]}>
          {() => <KeyNumbers result={result} pinned={pinned} place={place} side={shown.side} />}
        </Memo>
      </div>
    </>
  )
}

/** The drawer: every run's numbers, a closer look at the training, programs and sharing. */
function More({ setup, origin, trained, live }: PartProps & Pick<InstrumentProps, 'origin'>) {
  const { curves, pinned } = trained
  const rested = live?.rested ?? { setup, result: curves.results[0] }
  return (
    <div class="instrument-more">
      <Drawer
        open={live?.open}
        onOpen={live?.onOpen}
        panels={{
          numbers: <Numbers curves={curves} pinned={pinned} rested={rested.result} stock={live?.stock} />,
          ...live?.panels,
          code: <Programs spec={rested.setup.spec} />,
          share: (
            <Memo of={[rested, origin]}>
              {() => (
                <SharePanel
                  shared={{ ...rested.setup, origin, promised: promiseOf(rested.result, rested.setup.spec) }}
                />
              )}
            </Memo>
          ),
        }}
      />
    </div>
  )
}

interface NumbersProps extends Pick<TrainedOutcome, 'curves' | 'pinned'> {
  rested: ExperimentResult
  stock: VNode | undefined
}

/** What the numbers say, the differences seed by seed, and every run in a table. */
function Numbers({ curves, pinned, rested, stock }: NumbersProps) {
  const [result] = curves.results
  return (
    <>
      <Takeaway drawing={curves} />
      <p class="instrument-source">
        {sourceInWords(pinned?.own ?? result)} {pinned && pairedDifferencesText(pinned)}
      </p>
      {pinned && <SeedDifferences comparison={pinned.comparison} />}
      <div class="instrument-runs">
        <Memo of={[rested]}>{() => <RunsTable result={rested} />}</Memo>
      </div>
      {stock}
    </>
  )
}

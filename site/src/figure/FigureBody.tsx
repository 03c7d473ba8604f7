/**
 * A figure's picture and what stands below it: the cursor, the switches, where the numbers come from, and the menu.
 * The page is built with it, and the island goes on from there.
 */
import type { ComponentChildren } from 'preact'

import { kindOf } from '#charts/drawing.tsx'
import { viewChoices, type View } from '#charts/view.ts'

import type { Badge } from './badge.ts'
import { withQuery, type GivenFigure } from './given.ts'

/** What a figure is doing. */
export type Status =
  | { name: 'still' }
  | { name: 'waiting'; done: number; words: string }
  | { name: 'live' }
  | { name: 'failed'; words: string }

/** What the reader can do; absent until the island is there. */
export interface Actions {
  setView: (view: View) => void
  moveTo: (stop: number | undefined) => void
  pointAt: (event: PointerEvent) => void
  rerun: () => void
  copyPermalink: () => void
  savePng: () => void
}

interface FigureBodyProps {
  given: GivenFigure
  view: View
  status: Status
  badge: Badge
  actions?: Actions | undefined
  stop?: number | undefined
  stops: number
  /** What the cursor reads: all of it, and in one line. */
  reading?: { all: string; brief: string } | undefined
  picture: ComponentChildren
}

/** What a reader can switch: one run or all only where there are several. */
function switchesOf({ chart, experiments }: GivenFigure): SwitchProps['name'][] {
  const { switches } = kindOf(chart)
  const isOfSeeds = experiments.some(({ seeds }) => seeds > 1)
  return readerSwitches.filter((name) => switches.includes(name) && (name !== 'runs' || isOfSeeds))
}

/** The body of a figure. */
export function FigureBody({ given, view, status, badge, actions, stop, stops, reading, picture }: FigureBodyProps) {
  const isOff = actions === undefined
  const switches = switchesOf(given)
  const leave = () => actions?.moveTo(undefined)
  return (
    <>
      <div
        class="figure-picture"
        onPointerMove={actions?.pointAt}
        onPointerDown={actions?.pointAt}
        onPointerLeave={(event) => event.pointerType === 'mouse' && leave()}
      >
        {picture}
      </div>
      <div class="figure-bar">
        <div class="figure-cursor">
          <input
            type="range"
            aria-label={switches.includes('axis') ? `cursor, ${view.axis}` : 'cursor'}
            aria-valuetext={reading?.all ?? 'nowhere'}
            min={0}
            max={stops - 1}
            value={stop ?? 0}
            disabled={isOff}
            onInput={(event) => actions?.moveTo(Number(event.currentTarget.value))}
            onFocus={(event) => actions?.moveTo(Number(event.currentTarget.value))}
            onKeyDown={(event) => event.key === 'Escape' && leave()}
          />
          <Line status={status} reading={reading} actions={actions} />
        </div>
        {switches.length > 0 && (
          <div class="figure-switches">
            {switches.map((name) => (
              <Switch key={name} name={name} view={view} actions={actions} />
            ))}
          </div>
        )}
        <Menu given={given} actions={actions} badge={badge} />
      </div>
    </>
  )
}

/** One line of text below the picture: what is going on, or what the cursor reads. */
function Line({ status, reading, actions }: Pick<FigureBodyProps, 'status' | 'reading' | 'actions'>) {
  if (status.name === 'waiting')
    return (
      <p class="figure-line" role="status">
        <progress value={status.done} aria-label="training" /> {status.words}
      </p>
    )
  if (status.name === 'failed')
    return (
      <p class="figure-line figure-failed" role="status">
        {status.words}{' '}
        <button type="button" onClick={actions?.rerun}>
          Try again
        </button>
      </p>
    )
  return <p class="figure-line">{reading?.brief ?? 'Point at the picture, or move the cursor.'}</p>
}

const readerSwitches = ['metric', 'axis', 'runs'] as const

interface SwitchProps {
  name: (typeof readerSwitches)[number]
  view: View
  actions: Actions | undefined
}

/** One choice of the view. */
function Switch({ name, view, actions }: SwitchProps) {
  return (
    <label>
      {name}{' '}
      <select
        disabled={!actions}
        value={view[name]}
        onChange={(event) => actions?.setView({ ...view, [name]: event.currentTarget.value })}
      >
        {viewChoices[name].map((choice) => (
          <option key={choice} value={choice} selected={choice === view[name]}>
            {choice}
          </option>
        ))}
      </select>
    </label>
  )
}

/** Where the numbers come from, and everything that can be done with them. */
function Menu({ given, actions, badge }: Pick<FigureBodyProps, 'given' | 'actions' | 'badge'>) {
  const { experiments, chart, chartQuery } = given
  const isOff = actions === undefined
  return (
    <details class="figure-menu">
      <summary>
        <span class="figure-badge">{[badge.source, badge.proof].filter(Boolean).join(', ')}</span>
        {' · data and links ▾'}
      </summary>
      <ul>
        <Links experiments={experiments} text="open in the playground" path="/playground" />
        <Links experiments={experiments} text="JSON" path="/api/experiments" />
        <Links experiments={experiments} text="CSV" path="/api/experiments.csv" />
        <li>
          <a href={withQuery(`/charts/${chart}.svg`, chartQuery)}>SVG</a>
        </li>
        <li class="scripted">
          <button type="button" disabled={isOff} onClick={actions?.savePng}>
            PNG
          </button>
        </li>
        <li class="scripted">
          <button type="button" disabled={isOff} onClick={actions?.copyPermalink}>
            copy the permalink
          </button>
        </li>
        <li class="scripted">
          <button type="button" disabled={isOff} onClick={actions?.rerun}>
            rerun
          </button>
        </li>
      </ul>
    </details>
  )
}

/** A link for the experiment, or one for each of several. */
function Links({ experiments, text, path }: Pick<GivenFigure, 'experiments'> & { text: string; path: string }) {
  const [first] = experiments
  if (experiments.length === 1 && first)
    return (
      <li>
        <a href={withQuery(path, first.query)}>{text}</a>
      </li>
    )
  return (
    <li>
      {text}:{' '}
      {experiments.map(({ name, query }, index) => (
        <>
          {index > 0 && ', '}
          <a key={query} href={withQuery(path, query)}>
            {name}
          </a>
        </>
      ))}
    </li>
  )
}

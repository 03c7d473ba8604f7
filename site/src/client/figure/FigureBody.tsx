/**
 * A figure's picture and everything below it: the cursor and what it reads, the switches, the badge that says where the
 * numbers come from, and the menu with links and downloads. The build renders it, and the island hydrates it.
 */
import type { ComponentChildren } from 'preact'

import { viewChoices, type View } from '#charts/view.ts'
import { withQuery } from '#experiment/spec/query-text.ts'

import type { Badge } from './badge.ts'
import { chartAddress } from './figure-address.ts'
import { type FigureProps } from './figure-props.ts'

/** What a figure is doing. A failure is final where only loading the page again helps. */
export type FigureStatus =
  | { name: 'still' }
  | { name: 'waiting'; done: number; words: string }
  | { name: 'live' }
  | { name: 'failed'; words: string; isFinal?: boolean }

/** What the reader can do; absent until the island is there. */
export interface FigureActions {
  setView: (view: View) => void
  moveTo: (stop: number | undefined) => void
  pointAt: (event: PointerEvent) => void
  /** Asks the server for the numbers again. */
  askAgain: () => void
  copyPermalink: () => void
  savePng: () => void
}

interface FigureBodyProps {
  figure: FigureProps
  view: View
  status: FigureStatus
  badge: Badge
  /** What came of the reader's last action, in words. */
  said?: string | undefined
  actions?: FigureActions | undefined
  stop?: number | undefined
  stops: number
  /** What the cursor reads: all of it, and in one line. */
  reading?: { all: string; brief: string } | undefined
  picture: ComponentChildren
}

/** What a reader can switch: one run or all only where there are several. */
function switchesOf({ switches, experiments }: FigureProps): SwitchProps['name'][] {
  const isOfSeeds = experiments.some(({ seeds }) => seeds > 1)
  return readerSwitches.filter((name) => switches.includes(name) && (name !== 'runs' || isOfSeeds))
}

/** The body of a figure. */
export function FigureBody({
  figure,
  view,
  status,
  badge,
  said,
  actions,
  stop,
  stops,
  reading,
  picture,
}: FigureBodyProps) {
  const switches = switchesOf(figure)
  const clearCursor = () => actions?.moveTo(undefined)
  return (
    <>
      <div
        class="figure-picture"
        onPointerMove={actions?.pointAt}
        onPointerDown={actions?.pointAt}
        onPointerLeave={(event) => event.pointerType === 'mouse' && clearCursor()}
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
            onInput={(event) => actions?.moveTo(Number(event.currentTarget.value))}
            onFocus={(event) => actions?.moveTo(Number(event.currentTarget.value))}
            onKeyDown={(event) => event.key === 'Escape' && clearCursor()}
          />
          <Line status={status} reading={reading} said={said} actions={actions} />
        </div>
        {switches.length > 0 && (
          <div class="figure-switches">
            {switches.map((name) => (
              <Switch key={name} name={name} view={view} actions={actions} />
            ))}
          </div>
        )}
        <Menu figure={figure} view={view} actions={actions} badge={badge} />
      </div>
    </>
  )
}

/**
 * One line of text below the picture: what is going on, or what the cursor reads. What is going on is announced: its
 * place is there before its words are.
 */
function Line({ status, reading, said, actions }: Pick<FigureBodyProps, 'status' | 'reading' | 'said' | 'actions'>) {
  const words = status.name === 'waiting' || status.name === 'failed' ? status.words : said
  return (
    <div class="figure-line">
      {status.name === 'waiting' && <progress value={status.done} aria-label="training" />}
      <p role="status" class={status.name === 'failed' ? 'figure-failed' : undefined}>
        {words}
      </p>
      {status.name === 'failed' && !status.isFinal && (
        <button type="button" onClick={actions?.askAgain}>
          Try again
        </button>
      )}
      {!words && <p>{reading?.brief ?? 'Point at the picture, or move the cursor.'}</p>}
    </div>
  )
}

const readerSwitches = ['metric', 'axis', 'runs', 'value'] as const

interface SwitchProps {
  name: (typeof readerSwitches)[number]
  view: View
  actions: FigureActions | undefined
}

/** One choice of the view. */
function Switch({ name, view, actions }: SwitchProps) {
  return (
    <label>
      {name}{' '}
      <select
        name={name}
        value={view[name]}
        onChange={(event) => actions?.setView({ ...view, [name]: event.currentTarget.value })}
      >
        {viewChoices[name].map((choice) => (
          <option key={choice} value={choice} selected={choice === view[name]}>
            {choiceInWords(choice)}
          </option>
        ))}
      </select>
    </label>
  )
}

/** `test accuracy`, `epochs to 0.80` */
function choiceInWords(choice: string): string {
  return choice.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replace('to80', 'to 0.80')
}

/** From more experiments on than so many, the data of all are one file. */
const mostLinks = 8

/** Where the numbers come from, and everything that can be done with them. */
function Menu({ figure, view, actions, badge }: Pick<FigureBodyProps, 'figure' | 'view' | 'actions' | 'badge'>) {
  const { experiments } = figure
  const isOff = actions === undefined
  return (
    <div class="figure-menu">
      <p class="figure-badge" role="status">
        {[badge.source, badge.proof].filter(Boolean).join(', ')}
      </p>
      <details>
        <summary>data and links</summary>
        <ul>
          {experiments.length > mostLinks ? (
            <>
              <Links experiments={[{ ...experiments[0]!, query: figure.chartQuery }]} text="JSON" path="/api/sweep" />
              <Links
                experiments={[{ ...experiments[0]!, query: figure.chartQuery }]}
                text="CSV"
                path="/api/sweep.csv"
              />
            </>
          ) : (
            <>
              <Links experiments={experiments} text="open in the playground" path="/playground" />
              <Links experiments={experiments} text="JSON" path="/api/experiments" />
              <Links experiments={experiments} text="CSV" path="/api/experiments.csv" />
            </>
          )}
          <li>
            <a href={chartAddress(figure, view)}>SVG</a>
          </li>
          <li class="scripted">
            <button type="button" disabled={isOff} onClick={actions?.savePng}>
              PNG
            </button>
          </li>
          <li class="scripted">
            <button type="button" disabled={isOff} onClick={actions?.copyPermalink}>
              copy the link
            </button>
          </li>
          <li class="scripted">
            <button type="button" disabled={isOff} onClick={actions?.askAgain}>
              ask again
            </button>
          </li>
        </ul>
      </details>
    </div>
  )
}

/** A link for the experiment, or one for each of several. */
function Links({ experiments, text, path }: Pick<FigureProps, 'experiments'> & { text: string; path: string }) {
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

/**
 * The island of a figure: it takes over what the page was built with, asks the Worker for the data when the reader
 * first explores, and then draws the same picture live. All figures of a page share this code.
 */
import { hydrate, render } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'

import { ChartOf, explorerOf, takeawayOf } from '#charts/drawing.tsx'
import type { View } from '#charts/view.ts'

import { ask, type Answer } from './ask.ts'
import { builtBadge, edgeBadge } from './badge.ts'
import { FigureBody, type Actions, type Status } from './FigureBody.tsx'
import { withQuery, type GivenFigure } from './given.ts'
import { NumbersTable } from './NumbersTable.tsx'
import { savePng } from './png.ts'
import { Failure } from './request.ts'

interface IslandProps {
  figure: HTMLElement
  given: GivenFigure
  /** The drawings that the page was built with, as HTML. */
  built: string
}

/** Takes over a figure. */
export function mount(figure: HTMLElement): void {
  const body = figure.querySelector('.figure-body')
  const drawings = figure.querySelector('.figure-drawings')
  if (!body || !drawings) return
  const given = JSON.parse(figure.dataset['given'] ?? '') as GivenFigure
  hydrate(<Island figure={figure} given={given} built={drawings.innerHTML} />, body)
}

function Island({ figure, given, built }: IslandProps) {
  const [isThere, setThere] = useState(false)
  const [view, setView] = useState(given.view)
  const [status, setStatus] = useState<Status>({ name: 'still' })
  const [answer, setAnswer] = useState<Answer>()
  const [stop, setStop] = useState<number>()
  const size = useSize(figure, given)
  const loadingRef = useRef<AbortController>(undefined)

  // What the browser shows first must be what was built: hydration changes nothing.
  useEffect(() => setThere(true), [])
  useEffect(() => {
    if (answer) tell(figure, answer)
  }, [figure, answer])

  const drawing = useMemo(() => answer && { ...answer.drawing, view }, [answer, view])
  const explorer = useMemo(() => drawing && explorerOf(drawing, size), [drawing, size])
  const stops = explorer?.stops ?? given.stops
  const at = stop === undefined ? undefined : Math.max(0, Math.min(stops - 1, stop))

  const load = async (isFresh: boolean) => {
    if (loadingRef.current && !isFresh) return
    loadingRef.current?.abort()
    const loading = new AbortController()
    loadingRef.current = loading
    const onProgress = (done: number, words: string) => setStatus({ name: 'waiting', done, words })
    onProgress(0, 'asking the edge')
    try {
      const next = await ask(given, { isFresh, loading, onProgress })
      setAnswer(next)
      setStatus({ name: 'live' })
    } catch (error) {
      // Another load has taken its place.
      if (loadingRef.current !== loading) return
      setStatus({ name: 'failed', words: error instanceof Failure ? error.message : 'The answer cannot be read.' })
    }
  }

  const actions: Actions = {
    setView: (next: View) => {
      setView(next)
      void load(false)
    },
    moveTo: (next) => {
      setStop(next)
      if (next !== undefined) void load(false)
    },
    pointAt: (event) => {
      // A page that scrolls below a pointer at rest moves it too, but is not meant.
      if (event.type === 'pointermove' && event.movementX === 0 && event.movementY === 0) return
      void load(false)
      const svg = figure.querySelector('.figure-live svg')
      if (!explorer || !svg) return
      const { left, top } = svg.getBoundingClientRect()
      setStop(explorer.nearest({ x: event.clientX - left, y: event.clientY - top }))
    },
    rerun: () => void load(true),
    copyPermalink: () => void navigator.clipboard.writeText(permalink(given, figure.id)),
    savePng: () => {
      const query = new URLSearchParams(given.chartQuery)
      query.set('theme', matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')
      for (const key of ['metric', 'axis', 'runs'] as const)
        if (view[key] !== given.view[key]) query.set(key, view[key])
      savePng(withQuery(`/charts/${given.chart}.svg`, String(query)), figure.id, size).catch(() =>
        setStatus({ name: 'failed', words: 'The picture could not be made.' }),
      )
    },
  }

  return (
    <FigureBody
      given={given}
      view={view}
      status={status}
      badge={answer ? edgeBadge(given, answer) : builtBadge(given)}
      actions={isThere ? actions : undefined}
      stop={at}
      stops={stops}
      reading={explorer && at !== undefined ? { all: explorer.read(at), brief: explorer.brief(at) } : undefined}
      picture={
        drawing && size.width > 0 ? (
          <div key="live" class="figure-live">
            <ChartOf drawing={drawing} {...size} cursor={at} />
          </div>
        ) : (
          <div key="built" class="figure-drawings" dangerouslySetInnerHTML={{ __html: built }} />
        )
      }
    />
  )
}

/** The address that opens a figure's experiment, and says what to expect of it; of several, where the figure stands. */
function permalink({ experiments: [first, ...others], engine }: GivenFigure, id: string): string {
  if (others.length > 0) return new URL(`#${id}`, location.href).href
  const query = new URLSearchParams(first?.query)
  query.set('expect', first?.fingerprint ?? '')
  query.set('v', engine)
  return new URL(withQuery('/playground', String(query)), location.href).href
}

/** What was computed at build time and stands outside the island, told anew: another engine gives other numbers. */
function tell(figure: HTMLElement, { drawing }: Answer): void {
  const takeaway = figure.querySelector('[data-takeaway]')
  if (takeaway) takeaway.textContent = takeawayOf(drawing)
  const numbers = figure.querySelector('[data-numbers]')
  if (!numbers) return
  numbers.replaceChildren()
  render(<NumbersTable {...drawing} />, numbers)
}

/** The size of the picture: as wide as it may be, as high as what was built, so that nothing moves. */
function useSize(figure: HTMLElement, { proportions }: GivenFigure) {
  const [width, setWidth] = useState(0)
  useEffect(() => {
    const picture = figure.querySelector('.figure-picture')
    if (!picture) return undefined
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0))
    observer.observe(picture)
    return () => observer.disconnect()
  }, [figure])
  return useMemo(() => {
    const { height } = proportions.findLast(({ from }) => width >= from) ?? { height: 0.5 }
    return { width, height: width * height }
  }, [width, proportions])
}

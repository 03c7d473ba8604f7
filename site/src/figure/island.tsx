/**
 * The island of a figure: it takes over what the page was built with, asks the Worker for the data when the reader
 * first explores, and then draws the same picture live. All figures of a page share this code.
 */
import { hydrate, render } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'

import { ChartOf, explorerOf, takeawayOf, type Drawing } from '#charts/drawing.tsx'
import type { Size } from '#charts/frame.tsx'
import type { View } from '#charts/view.ts'

import { ask, type Answer } from './ask.ts'
import { builtBadge, edgeBadge } from './badge.ts'
import { FigureBody, type Actions, type Status } from './FigureBody.tsx'
import { withQuery, type GivenFigure } from './given.ts'
import { chartAddress, permalinkOf } from './links.ts'
import { NumbersTable } from './NumbersTable.tsx'
import { savePng } from './png.ts'
import { Failure } from './request.ts'
import { readView, writeView } from './view-address.ts'

interface IslandProps {
  figure: HTMLElement
  given: GivenFigure
  /** The drawings that the page was built with, as HTML. */
  built: string
  /** How the reader wants it, where that is not as built. */
  wished: View
}

/** Takes over a figure. */
export function mount(figure: HTMLElement): void {
  const body = figure.querySelector('.figure-body')
  const drawings = figure.querySelector('.figure-drawings')
  if (!body || !drawings) return
  const given = JSON.parse(figure.dataset['given'] ?? '') as GivenFigure
  const wished = wishOf(body, readView(new URLSearchParams(location.search), figure.id, given.view))
  hydrate(<Island figure={figure} given={given} built={drawings.innerHTML} wished={wished} />, body)
}

/** How the reader wants it: as the address says, or as the switches stand that were used before there was an island. */
function wishOf(body: Element, asked: View): View {
  const chosen = Array.from(body.querySelectorAll<HTMLSelectElement>('.figure-switches select'))
    .filter(({ value, options }) => value !== Array.from(options).find(({ defaultSelected }) => defaultSelected)?.value)
    .map(({ name, value }) => [name, value])
  return { ...asked, ...Object.fromEntries(chosen) }
}

function Island({ figure, given, built, wished }: IslandProps) {
  const [isThere, setThere] = useState(false)
  const [view, setView] = useState(given.view)
  const [status, setStatus] = useState<Status>({ name: 'still' })
  const [answer, setAnswer] = useState<Answer>()
  const [stop, setStop] = useState<number>()
  const size = useSize(figure, given)
  const [said, setSaid] = useState<string>()
  const loadingRef = useRef<AbortController | undefined>(undefined)

  // What the browser shows first must be what was built: hydration changes nothing. Then comes what the reader did.
  useEffect(() => {
    setThere(true)
    const slider = figure.querySelector<HTMLInputElement>('.figure-cursor input')
    const isHeld = slider !== null && slider === document.activeElement
    if (isHeld) setStop(Number(slider.value))
    setView(wished)
    if (isHeld || !isSame(wished, given.view)) void load(false)
    // Once: none of it changes, but for `load`, which is anew at every turn and always does the same.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [])

  const drawing = useMemo(() => answer && { ...answer.drawing, view }, [answer, view])
  useEffect(() => {
    if (drawing) tell(figure, drawing)
  }, [figure, drawing])
  const explorer = useMemo(() => drawing && size && explorerOf(drawing, size), [drawing, size])
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
      setSaid(undefined)
      const query = String(writeView(new URLSearchParams(location.search), figure.id, given.view, next))
      history.replaceState(
        history.state,
        '',
        withQuery(location.pathname, query.replaceAll('%2C', ',')) + location.hash,
      )
      void load(false)
    },
    moveTo: (next) => {
      setStop(next)
      setSaid(undefined)
      if (next !== undefined) void load(false)
    },
    pointAt: (event) => {
      // A page that scrolls below a pointer at rest moves it too, but is not meant.
      if (event.type === 'pointermove' && event.movementX === 0 && event.movementY === 0) return
      void load(false)
      const svg = figure.querySelector('.figure-live svg')
      if (!explorer || !size || !svg) return
      const { left, top, width } = svg.getBoundingClientRect()
      const scale = size.width / width
      setSaid(undefined)
      setStop(explorer.nearest({ x: (event.clientX - left) * scale, y: (event.clientY - top) * scale }))
    },
    askAgain: () => {
      setSaid(undefined)
      void load(true)
    },
    copyPermalink: () => {
      const address = permalinkOf(given, view, figure.id, location.href)
      navigator.clipboard.writeText(address).then(
        () => setSaid('The link is copied.'),
        () => setSaid(`The browser does not let this page copy. The link is ${address}`),
      )
    },
    savePng: () => {
      const address = new URL(chartAddress(given, view), location.href)
      address.searchParams.set('theme', matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')
      savePng(address.href, figure.id).then(
        () => setSaid('The picture is saved.'),
        () => setStatus({ name: 'failed', words: 'The picture could not be made.' }),
      )
    },
  }

  return (
    <FigureBody
      given={given}
      view={view}
      status={status}
      badge={answer ? edgeBadge(given, answer) : builtBadge(given)}
      said={said}
      actions={isThere ? actions : undefined}
      stop={at}
      stops={stops}
      reading={explorer && at !== undefined ? { all: explorer.read(at), brief: explorer.brief(at) } : undefined}
      picture={
        drawing && size ? (
          <div key="live" class="figure-live">
            <ChartOf drawing={drawing} width={size.width} height={size.height} cursor={at} />
          </div>
        ) : (
          <div key="built" class="figure-drawings" dangerouslySetInnerHTML={{ __html: built }} />
        )
      }
    />
  )
}

const isSame = (a: View, b: View) => (Object.keys(a) as (keyof View)[]).every((key) => a[key] === b[key])

/** What was computed at build time and stands outside the island, told anew: another engine gives other numbers. */
function tell(figure: HTMLElement, drawing: Drawing): void {
  const takeaway = figure.querySelector('[data-takeaway]')
  if (takeaway) takeaway.textContent = takeawayOf(drawing)
  const numbers = figure.querySelector('[data-numbers]')
  if (!numbers) return
  numbers.replaceChildren()
  render(<NumbersTable {...drawing} />, numbers)
}

/** The size of the picture: that of the drawing which stood there, so that nothing moves. */
function useSize(figure: HTMLElement, { sizes }: GivenFigure): Size | undefined {
  const [room, setRoom] = useState<number>()
  useEffect(() => {
    const picture = figure.querySelector('.figure-picture')
    if (!picture) return undefined
    const observer = new ResizeObserver(([entry]) => setRoom(entry?.contentRect.width))
    observer.observe(picture)
    return () => observer.disconnect()
  }, [figure])
  return room === undefined ? undefined : sizes.findLast(({ from }) => room >= from)
}

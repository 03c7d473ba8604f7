/**
 * The island of a figure: it takes over what the page was built with, trains the data when the reader first explores,
 * and then draws the same picture live. The Worker confirms it, and answers where the browser cannot train. Words of the
 * prose can set it to other experiments. All figures of a page share this code.
 */
import { hydrate, render } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'

import type { Drawing } from '#charts/drawing.tsx'
import type { Size } from '#charts/frame.tsx'
import type { Kind } from '#charts/kind.ts'
import type { View } from '#charts/view.ts'
import type { ExperimentResult } from '#experiment/result.ts'

import { register } from '../sets/settable.ts'
import { ask } from './ask.ts'
import { builtBadge, edgeBadge, hereBadge, type Badge } from './badge.ts'
import { FigureBody, type Actions, type Status } from './FigureBody.tsx'
import { withQuery, type GivenFigure } from './given.ts'
import type { Trained } from './here.ts'
import { loadKind } from './kinds.ts'
import { chartAddress, permalinkOf } from './links.ts'
import { NumbersTable } from './NumbersTable.tsx'
import { Failure } from './request.ts'
import { readView, writeView } from './view-address.ts'

/** What is drawn. */
interface Answer {
  /** The figure as it was built, or as a word has set it. */
  given: GivenFigure
  drawing: Drawing
  badge: Badge
  /** All runs are in it. */
  isOver: boolean
}

interface IslandProps {
  figure: HTMLElement
  /** What its chart is. */
  kind: Kind
  /** As it was built. */
  built: GivenFigure
  /** The drawings that the page was built with. */
  html: string
  /** How the reader wants it, where that is not as built. */
  wished: View
}

/** Takes over a figure, once its chart is there. */
export async function mount(figure: HTMLElement): Promise<void> {
  const body = figure.querySelector('.figure-body')
  const drawings = figure.querySelector('.figure-drawings')
  if (!body || !drawings) return
  const given = JSON.parse(figure.dataset['given'] ?? '') as GivenFigure
  const kind = await loadKind(given.chart)
  const wished = wishOf(body, readView(new URLSearchParams(location.search), figure.id, given.view))
  hydrate(<Island figure={figure} kind={kind} built={given} html={drawings.innerHTML} wished={wished} />, body)
  // The first runs are there before the first answer is wanted.
  const warm = async () => {
    const { canTrainHere, prepare } = await trains()
    if (!canTrainHere(given)) return
    const results = await prepare(given).catch(() => [])
    // In a turn of its own: whoever asked for a picture already has it first.
    setTimeout(() => {
      if (!figure.querySelector('.figure-live')) rehearse(kind, given, results)
    })
  }
  for (const touch of ['pointerover', 'focusin']) figure.addEventListener(touch, () => void warm(), { once: true })
}

const rehearsed = new Set<Kind>()

/** Draws curves once where nobody sees it: code that has run before draws the reader's first picture faster. */
function rehearse(kind: Kind, given: GivenFigure, [first, ...others]: readonly ExperimentResult[]): void {
  const [size] = given.sizes
  if (!first || !size || rehearsed.has(kind) || !kind.needs.includes('histories')) return
  rehearsed.add(kind)
  const box = document.createElement('div')
  render(kind.draw({ ...given, results: [first, ...others] }, size), box)
  render(null, box)
}

/** Pictures are saved by few. */
const save = async (address: string, name: string) => (await import('./png.ts')).savePng(address, name)

let trainer: Promise<typeof import('./here.ts')> | undefined

/**
 * What trains is a piece of its own: figures that nobody touches do without. Once it is there, whoever asks for it goes
 * on before the next frame: a browser that imports the same again draws one between.
 */
function trains(): Promise<typeof import('./here.ts')> {
  trainer ??= import('./here.ts').catch((error: unknown) => {
    trainer = undefined
    throw error
  })
  return trainer
}

/** When the browser has shown what was drawn. */
const shown = () => new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve)))

/** Writes how the reader wants a figure into the address. The picture first: a browser takes longer for the address. */
async function keepInAddress(id: string, built: View, wished: View): Promise<void> {
  await shown()
  const query = String(writeView(new URLSearchParams(location.search), id, built, wished)).replaceAll('%2C', ',')
  history.replaceState(history.state, '', withQuery(location.pathname, query) + location.hash)
}

/** How the reader wants it: as the address says, or as the switches stand that were used before there was an island. */
function wishOf(body: Element, asked: View): View {
  const chosen = Array.from(body.querySelectorAll<HTMLSelectElement>('.figure-switches select'))
    .filter(({ value, options }) => value !== Array.from(options).find(({ defaultSelected }) => defaultSelected)?.value)
    .map(({ name, value }) => [name, value])
  return { ...asked, ...Object.fromEntries(chosen) }
}

function Island({ figure, kind, built, html, wished }: IslandProps) {
  const [isThere, setThere] = useState(false)
  const [given, setGivenFigure] = useState(built)
  const [view, setView] = useState(built.view)
  const [status, setStatus] = useState<Status>({ name: 'still' })
  const [answer, setAnswer] = useState<Answer>()
  const [stop, setStop] = useState<number>()
  const size = useSize(figure, built)
  const [said, setSaid] = useState<string>()
  const loadingRef = useRef<AbortController | undefined>(undefined)
  const builtWords = useMemo(() => told(figure), [figure])

  // What the browser shows first must be what was built: hydration changes nothing. Then comes what the reader did.
  useEffect(() => {
    setThere(true)
    const slider = figure.querySelector<HTMLInputElement>('.figure-cursor input')
    const isHeld = slider !== null && slider === document.activeElement
    if (isHeld) setStop(Number(slider.value))
    setView(wished)
    if (isHeld || !isSame(wished, built.view)) void load(false)
    register(figure, (query) => void setTo(query))
    // Once: none of it changes, but for `load` and `setTo`, which are anew at every turn and always do the same.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [])

  const drawing = useMemo(() => answer && { ...answer.drawing, view }, [answer, view])
  useEffect(() => {
    if (drawing && answer?.isOver) tell(figure, kind.takeaway(drawing), drawing)
    else if (!answer) builtWords.restore()
  }, [figure, kind, drawing, answer, builtWords])
  const explorer = useMemo(() => drawing && size && kind.explore(drawing, size), [kind, drawing, size])
  const stops = explorer?.stops ?? given.stops
  const at = stop === undefined ? undefined : Math.max(0, Math.min(stops - 1, stop))

  const load = async (isFresh: boolean, of = given) => {
    if (loadingRef.current && !isFresh) return
    loadingRef.current?.abort()
    const loading = new AbortController()
    loadingRef.current = loading
    const isOld = () => loadingRef.current !== loading
    setStatus({ name: 'waiting', done: 0, words: 'training' })
    try {
      const isHere = !isFresh && (await train(of, loading.signal))
      if (!isHere && !isOld()) await fetchAnswer(of, isFresh, loading)
    } catch (error) {
      // Another load has taken its place.
      if (isOld()) return
      setStatus({ name: 'failed', words: error instanceof Failure ? error.message : 'The answer cannot be read.' })
    }
  }

  /**
   * Trains here, and asks the Worker as well, once there is a picture: whoever is first with all runs gives them, and the
   * Worker's word for it changes the badge. False where the browser cannot train.
   */
  const train = async (of: GivenFigure, signal: AbortSignal): Promise<boolean> => {
    const { canTrainHere, trainHere, TrainerError } = await trains()
    if (!canTrainHere(of)) return false
    const [training, asking] = [new AbortController(), new AbortController()]
    signal.addEventListener('abort', () => [training, asking].forEach((one) => one.abort()), { once: true })
    let here: Drawing | undefined
    let isOver = false

    const hearEdge = async () => {
      await shown()
      const edge = await ask(of, { isFresh: false, loading: asking, onProgress: () => {} })
      if (signal.aborted) return
      if (!isOver) training.abort()
      const [drawn, own] = here && isOver ? [here, here.results] : [edge.drawing]
      setAnswer({ given: of, drawing: drawn, badge: edgeBadge(of, edge, own), isOver: true })
    }
    const onDrawing = ({ drawing: next, done }: Trained) => {
      // Where the Worker does not answer, what is trained here stands.
      if (!here) hearEdge().catch(() => {})
      here = next
      isOver = done === next.results.length
      setAnswer({ given: of, drawing: next, badge: hereBadge(of, next.results, done), isOver })
      setStatus({ name: 'live' })
    }
    try {
      await trainHere(of, { signal: training.signal, onDrawing })
    } catch (error) {
      // What stopped it is no failure; where the browser fails, the Worker answers.
      if (!training.signal.aborted && error instanceof TrainerError) return false
      if (!training.signal.aborted) throw error
    }
    return true
  }

  const fetchAnswer = async (of: GivenFigure, isFresh: boolean, loading: AbortController) => {
    const onProgress = (done: number, words: string) => setStatus({ name: 'waiting', done, words })
    onProgress(0, 'asking the edge')
    const next = await ask(of, { isFresh, loading, onProgress })
    setAnswer({ given: of, drawing: next.drawing, badge: edgeBadge(of, next), isOver: true })
    setStatus({ name: 'live' })
  }

  /** Sets it to other experiments, or to an epoch; undefined sets it back. */
  const setTo = async (query: URLSearchParams | undefined) => {
    const next = query ? (await trains()).setGiven(built, query) : built
    const epoch = Number(query?.get('epoch') ?? 0)
    setGivenFigure(next)
    setStop(epoch > 0 ? epoch - 1 : undefined)
    setSaid(undefined)
    loadingRef.current?.abort()
    loadingRef.current = undefined
    if (query) {
      await load(false, next)
      return
    }
    setAnswer(undefined)
    setStatus({ name: 'still' })
    setView(built.view)
  }

  const actions: Actions = {
    setView: (next: View) => {
      setView(next)
      setSaid(undefined)
      void keepInAddress(figure.id, built.view, next)
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
      save(address.href, figure.id).then(
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
      badge={answer?.badge ?? builtBadge(built)}
      said={said}
      actions={isThere ? actions : undefined}
      stop={at}
      stops={stops}
      reading={explorer && at !== undefined ? { all: explorer.read(at), brief: explorer.brief(at) } : undefined}
      picture={
        drawing && size ? (
          <div key="live" class="figure-live">
            {kind.draw(drawing, { width: size.width, height: size.height, cursor: at })}
          </div>
        ) : (
          <div key="built" class="figure-drawings" dangerouslySetInnerHTML={{ __html: html }} />
        )
      }
    />
  )
}

const isSame = (a: View, b: View) => (Object.keys(a) as (keyof View)[]).every((key) => a[key] === b[key])

/** What was computed at build time and stands outside the island. */
const toldPlaces = (figure: HTMLElement) =>
  Array.from(figure.querySelectorAll<HTMLElement>('[data-takeaway], [data-numbers]'))

/** It as it was built, and what puts it back. */
function told(figure: HTMLElement): { restore: () => void } {
  const kept = toldPlaces(figure).map((place) => ({ place, children: Array.from(place.childNodes) }))
  return { restore: () => kept.forEach(({ place, children }) => place.replaceChildren(...children)) }
}

/** It, told anew: another engine gives other numbers, and other experiments do. */
function tell(figure: HTMLElement, takeaway: string, drawing: Drawing): void {
  for (const place of toldPlaces(figure)) {
    place.replaceChildren()
    if (place.dataset['takeaway'] !== undefined) place.textContent = takeaway
    else {
      // Into a box of its own, which is thrown away with what it holds.
      const box = document.createElement('div')
      render(<NumbersTable {...drawing} />, box)
      place.append(box)
    }
  }
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

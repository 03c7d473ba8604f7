/**
 * The island of a figure: it takes over what the page was built with, trains the data when the reader first explores,
 * and then draws the same picture live. The Worker confirms it, and answers where the browser cannot train. Words of the
 * prose can set it to other experiments. All figures of a page share this code.
 */
import { hydrate } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'

import type { Position } from '#charts/explorer.ts'
import { Kept } from '#charts/kept.tsx'
import type { Kind } from '#charts/kind.ts'
import type { View } from '#charts/view.ts'

import { register } from '../sets/settable.ts'
import { followTranslation } from '../translation.ts'
import { builtBadge } from './badge.ts'
import { FigureBody, type Actions } from './FigureBody.tsx'
import type { GivenFigure } from './given.ts'
import { loadKind } from './kinds.ts'
import { chartAddress, permalinkOf } from './links.ts'
import { positionOn } from './position.ts'
import { tell, told } from './told.tsx'
import { useAnswer } from './use-answer.ts'
import { useSize } from './use-size.ts'
import { keepInAddress, readView } from './view-address.ts'
import { trains, warmWhenTouched } from './warm.ts'

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
  followTranslation(body)
  hydrate(<Island figure={figure} kind={kind} built={given} html={drawings.innerHTML} wished={wished} />, body)
  warmWhenTouched(figure, kind, given)
}

/** Pictures are saved by few. */
const save = async (address: string, name: string) => (await import('./png.ts')).savePng(address, name)

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
  const { answer, status, load, leave, forget, fail } = useAnswer()
  const [stop, setStop] = useState<number>()
  /** Where a drag on the picture began. */
  const dragRef = useRef<Position | undefined>(undefined)
  const size = useSize(figure, built)
  const [said, setSaid] = useState<string>()
  const builtWords = useMemo(() => told(figure), [figure])

  // What the browser shows first must be what was built: hydration changes nothing. Then comes what the reader did.
  useEffect(() => {
    setThere(true)
    const slider = figure.querySelector<HTMLInputElement>('.figure-cursor input')
    const isHeld = slider !== null && slider === document.activeElement
    if (isHeld) setStop(Number(slider.value))
    setView(wished)
    if (isHeld || !isSame(wished, built.view)) void load(given)
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

  /** Sets it to other experiments, or to an epoch; undefined sets it back. */
  const setTo = async (query: URLSearchParams | undefined) => {
    const next = query ? (await trains()).setGiven(built, query) : built
    const epoch = Number(query?.get('epoch') ?? 0)
    setGivenFigure(next)
    setStop(epoch > 0 ? epoch - 1 : undefined)
    setSaid(undefined)
    leave()
    if (query) {
      await load(next)
      return
    }
    forget()
    setView(built.view)
  }

  const actions: Actions = {
    setView: (next: View) => {
      setView(next)
      setSaid(undefined)
      void keepInAddress(figure.id, built.view, next)
      void load(given)
    },
    moveTo: (next) => {
      setStop(next)
      setSaid(undefined)
      if (next !== undefined) void load(given)
    },
    pointAt: (event) => {
      // A page that scrolls below a pointer at rest moves it too, but is not meant.
      if (event.type === 'pointermove' && event.movementX === 0 && event.movementY === 0) return
      void load(given)
      const svg = figure.querySelector('.figure-live svg')
      if (!explorer || !size || !svg) return
      const pointer = positionOn(svg, size.width, event)
      if (event.type === 'pointerdown') dragRef.current = pointer
      // A finger is followed wherever it goes, to the end of its way.
      const next = explorer.nearest(pointer, event.pointerType === 'touch' ? dragRef.current : undefined)
      setSaid(undefined)
      setStop(next)
    },
    askAgain: () => {
      setSaid(undefined)
      void load(given, true)
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
        () => fail('The picture could not be made.'),
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
            <Kept of={[kind, drawing, size, at]}>
              {() => kind.draw(drawing, { width: size.width, height: size.height, cursor: at })}
            </Kept>
          </div>
        ) : (
          <div key="built" class="figure-drawings" dangerouslySetInnerHTML={{ __html: html }} />
        )
      }
    />
  )
}

const isSame = (a: View, b: View) => (Object.keys(a) as (keyof View)[]).every((key) => a[key] === b[key])

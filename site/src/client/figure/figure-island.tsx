/**
 * The island of a figure: takes over the picture and the controls that the page was built with. When the reader first
 * explores it, its experiments are trained in the browser or fetched from the Worker, and the same picture is drawn live.
 * Links of the prose can set a figure to other experiments. All figures of a page share this code.
 */
import { hydrate } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'

import type { ChartType } from '#charts/chart-type.ts'
import type { Position } from '#charts/explorer.ts'
import { Memo } from '#charts/memo.tsx'
import type { View } from '#charts/view.ts'

import { addressQuery } from '../address.ts'
import { followTranslation } from '../page/translation.ts'
import { positionOn } from '../pointer-position.ts'
import { registerSettable } from '../settable.ts'
import { builtBadge } from './badge.ts'
import { loadChartType } from './chart-modules.ts'
import { chartAddress, keepInAddress, permalinkOf, readView } from './figure-address.ts'
import type { FigureProps } from './figure-props.ts'
import { FigureBody, type FigureActions } from './FigureBody.tsx'
import { loadTrainer, prewarmWhenTouched } from './prewarm.ts'
import { updateCaption, captionTexts } from './update-caption.tsx'
import { usePictureSize } from './use-picture-size.ts'
import { useResults } from './use-results.ts'

interface IslandProps {
  figure: HTMLElement
  /** What its chart is. */
  kind: ChartType
  /** As it was built. */
  built: FigureProps
  /** The drawings that the page was built with. */
  html: string
  /** How the reader wants it, where that is not as built. */
  wanted: View
}

/** Takes over a figure, once its chart is there. */
export async function mountFigure(figure: HTMLElement): Promise<void> {
  const body = figure.querySelector('.figure-body')
  const drawings = figure.querySelector('.figure-drawings')
  if (!body || !drawings) return
  const built = JSON.parse(figure.dataset['given'] ?? '') as FigureProps
  const kind = await loadChartType(built.chart)
  const wanted = wantedView(body, readView(addressQuery(), figure.id, built.view))
  followTranslation(body)
  hydrate(<Island figure={figure} kind={kind} built={built} html={drawings.innerHTML} wanted={wanted} />, body)
  prewarmWhenTouched(figure, kind, built)
}

/** Pictures are saved by few. */
const save = async (address: string, name: string) => (await import('../chart-png.ts')).savePng(address, name)

/** How the reader wants it: as the address says, or as the switches stand that were used before there was an island. */
function wantedView(body: Element, asked: View): View {
  const chosen = Array.from(body.querySelectorAll<HTMLSelectElement>('.figure-switches select'))
    .filter(({ value, options }) => value !== Array.from(options).find(({ defaultSelected }) => defaultSelected)?.value)
    .map(({ name, value }) => [name, value])
  return { ...asked, ...Object.fromEntries(chosen) }
}

function Island({ figure, kind, built, html, wanted }: IslandProps) {
  const [isThere, setThere] = useState(false)
  const [shown, setShown] = useState(built)
  const [view, setView] = useState(built.view)
  const { answer, status, load, cancel, forget, fail } = useResults()
  const [stop, setStop] = useState<number>()
  /** Where a drag on the picture began. */
  const dragRef = useRef<Position | undefined>(undefined)
  const size = usePictureSize(figure, built)
  const [said, setSaid] = useState<string>()
  const builtWords = useMemo(() => captionTexts(figure), [figure])

  // What the browser shows first must be what was built: hydration changes nothing. Then comes what the reader did.
  useEffect(() => {
    setThere(true)
    const slider = figure.querySelector<HTMLInputElement>('.figure-cursor input')
    const isHeld = slider !== null && slider === document.activeElement
    if (isHeld) setStop(Number(slider.value))
    setView(wanted)
    if (isHeld || !isSame(wanted, built.view)) void load(shown)
    registerSettable(figure, (query) => void setTo(query))
    // Once: none of it changes, but for `load` and `setTo`, which are anew at every turn and always do the same.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [])

  const drawing = useMemo(() => answer && { ...answer.drawing, view }, [answer, view])
  useEffect(() => {
    if (drawing && answer?.isOver) updateCaption(figure, kind.takeaway(drawing), drawing)
    else if (!answer) builtWords.restore()
  }, [figure, kind, drawing, answer, builtWords])
  const explorer = useMemo(() => drawing && size && kind.explore(drawing, size), [kind, drawing, size])
  const stops = explorer?.stops ?? shown.stops
  const at = stop === undefined ? undefined : Math.max(0, Math.min(stops - 1, stop))

  /** Sets it to other experiments, or to an epoch; undefined sets it back. */
  const setTo = async (query: URLSearchParams | undefined) => {
    const next = query ? (await loadTrainer()).setFigureProps(built, query) : built
    const epoch = Number(query?.get('epoch') ?? 0)
    setShown(next)
    setStop(epoch > 0 ? epoch - 1 : undefined)
    setSaid(undefined)
    cancel()
    if (query) {
      await load(next)
      return
    }
    forget()
    setView(built.view)
  }

  const actions: FigureActions = {
    setView: (next: View) => {
      setView(next)
      setSaid(undefined)
      void keepInAddress(figure.id, built.view, next)
      void load(shown)
    },
    moveTo: (next) => {
      setStop(next)
      setSaid(undefined)
      if (next !== undefined) void load(shown)
    },
    pointAt: (event) => {
      // A page that scrolls below a pointer at rest moves it too, but is not meant.
      if (event.type === 'pointermove' && event.movementX === 0 && event.movementY === 0) return
      void load(shown)
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
      void load(shown, true)
    },
    copyPermalink: () => {
      const address = permalinkOf(shown, view, figure.id, location.href)
      navigator.clipboard.writeText(address).then(
        () => setSaid('The link is copied.'),
        () => setSaid(`The browser does not let this page copy. The link is ${address}`),
      )
    },
    savePng: () => {
      const address = new URL(chartAddress(shown, view), location.href)
      address.searchParams.set('theme', matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')
      save(address.href, figure.id).then(
        () => setSaid('The picture is saved.'),
        () => fail('The picture could not be made.'),
      )
    },
  }

  return (
    <FigureBody
      figure={shown}
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
            <Memo of={[kind, drawing, size, at]}>
              {() => kind.draw(drawing, { width: size.width, height: size.height, cursor: at })}
            </Memo>
          </div>
        ) : (
          <div key="built" class="figure-drawings" dangerouslySetInnerHTML={{ __html: html }} />
        )
      }
    />
  )
}

const isSame = (a: View, b: View) => (Object.keys(a) as (keyof View)[]).every((key) => a[key] === b[key])

/** A live frame on another page: the curves, some controls, the verdict or the key numbers, and the way to the whole. */
import { useEffect, useMemo, useState } from 'preact/hooks'

import type { Subject } from '#charts/chart-type.ts'
import { classOfSide } from '#charts/sides.ts'
import { decimal, digitsOf } from '#charts/text/format.ts'
import { headingOf } from '#charts/text/heading.ts'
import { referencesOf } from '#datasets/reference-accuracies.ts'
import { controlOf } from '#experiment/spec/controls.ts'
import type { SpecField } from '#experiment/spec/spec.ts'
import { ActionsContext, type Actions } from '#playground-view/actions.ts'
import { writeAddress } from '#playground-view/address.ts'
import { comparedInWords } from '#playground-view/comparison-text.ts'
import { pinnedOf } from '#playground-view/key-numbers.tsx'
import { runPositionOf } from '#playground-view/run-position.ts'
import { Setting } from '#playground-view/setting.tsx'
import { changedIn, type SettingsState } from '#playground-view/settings-state.ts'
import { comparedSides, editedSide } from '#playground-view/sides.ts'

import type { LiveState } from '../playground/live-state.ts'
import { LiveCurves } from '../playground/pictures.tsx'
import type { PlaygroundState, State } from '../playground/state.ts'

interface EmbedProps {
  state: PlaygroundState
  now: State
  live: LiveState
  controls: readonly SpecField[]
}

export function EmbedApp({ state, now, live, controls }: EmbedProps) {
  const { spec, shown, typed, errors, adjusted, isMoving, pinned } = now
  const { result } = live
  const [hovered, setHovered] = useState<number>()
  const references = useMemo(() => referencesOf([result.spec]), [result.spec])
  const other = shown.pin && pinned?.result
  const drawing = useMemo<Subject>(
    () => ({
      results: [result],
      varied: [],
      view: shown.view,
      references,
      pinned: other,
      side: editedSide(shown),
    }),
    [result, references, other, shown],
  )
  const setup: SettingsState = { spec, shown, typed, errors, normalized: [], adjusted }
  const changed = Object.keys(changedIn(spec))
  const actions = useMemo(() => actionsOf(state), [state])
  useEffect(() => followSides(state), [state])
  return (
    <ActionsContext.Provider value={actions}>
      <LiveCurves
        drawing={drawing}
        stock={undefined}
        place={runPositionOf(spec, shown)}
        isMoving={isMoving}
        onPoint={(place) => state.goTo(place)}
        hovered={hovered}
        onHover={setHovered}
        built={undefined}
      />
      <form class="embed-controls" aria-label="Settings" onSubmit={(event) => event.preventDefault()}>
        {controls.map((field) => (
          <Setting
            key={field}
            control={controlOf(field)}
            setup={setup}
            isChanged={changed.includes(field)}
            isFirstWrong={false}
          />
        ))}
      </form>
      <figcaption>
        <h1>
          {comparedSides(spec, shown)?.map(({ side, name, isEdited, address }) => (
            <a
              key={side}
              class={`side ${classOfSide[side]}`}
              href={address}
              aria-current={isEdited ? 'true' : undefined}
            >
              <b>{side}</b> {name}
            </a>
          )) ?? headingOf(spec)}
        </h1>
        <p role="status">{wordsOf(now, live)}</p>
        <a href={writeAddress(spec, shown)} target="_blank" rel="noopener">
          Open in Minibatch
        </a>
      </figcaption>
    </ActionsContext.Provider>
  )
}

/** The verdict of a comparison, or the numbers of one experiment. */
function wordsOf({ shown, pinned }: State, { spec, result }: LiveState): string {
  const compared = shown.pin && pinned && pinnedOf(result, pinned.result)
  if (compared) return comparedInWords(compared.comparison, spec, compared.result.spec)[0] ?? ''
  const { final, instability } = result.summary
  return `Test accuracy ${decimal(final.testAccuracy.mean)}, instability ${decimal(instability.mean, digitsOf.instability)}`
}

function actionsOf(state: PlaygroundState): Actions {
  return {
    set: (field, value, gesture) => state.set(field, value, gesture),
    type: (field, text) => state.type(field, text),
    choose: (field, text) => {
      state.type(field, text)
      state.end()
    },
    reset: (field) => state.reset(field),
    end: () => state.end(),
    from: () => state.from,
    vary: () => {},
  }
}

/** Follows links to other settings within the frame. Returns what ends it. */
function followSides(state: PlaygroundState): () => void {
  const onClick = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null
    if (!link || link.target || link.pathname !== '/playground' || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    state.open(link.pathname + link.search)
  }
  document.addEventListener('click', onClick)
  return () => document.removeEventListener('click', onClick)
}

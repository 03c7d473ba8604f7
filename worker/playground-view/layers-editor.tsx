/**
 * The editor of hidden layers: a slider for the units of each layer, and buttons to add and remove layers. It needs
 * scripts; the text field next to it does the same without them.
 */
import { useContext, useRef } from 'preact/hooks'

import type { Control } from '#experiment/spec/controls.ts'
import type { Allowed } from '#experiment/spec/fields.ts'
import { hiddenLayers } from '#experiment/spec/spec.ts'

import { ActionsContext } from './actions.ts'
import type { SettingsState } from './settings-state.ts'

/** The units of a new first layer. */
const defaultUnits = 50
/** The step of arrow keys with Shift, in units. */
const coarse = 10

interface LayersEditorProps {
  control: Control
  allowed: Extract<Allowed, { kind: 'layers' }>
  setup: SettingsState
}

/** The editor. */
export function LayersEditor({ control: { field, title }, allowed: { most, widest }, setup }: LayersEditorProps) {
  const actions = useContext(ActionsContext)
  const adding = useRef<HTMLButtonElement>(null)
  const layers = hiddenLayers(setup.spec)
  const isOff = !actions || setup.shown.lock.includes(field)
  const isFull = layers.length >= most
  const set = (next: readonly number[], gesture?: string) =>
    actions?.set(field, next.length ? next.join('-') : 'none', gesture)
  const setUnits = (layer: number, units: number, gesture: string) =>
    set(
      layers.map((own, index) => (index === layer ? Math.min(widest, Math.max(1, units)) : own)),
      `${gesture} ${field} ${layer}`,
    )
  return (
    <div class="layers scripted" role="group" aria-label={`${title}, by layer`}>
      {layers.map((units, layer) => (
        // oxlint-disable-next-line react/no-array-index-key -- a layer is its number
        <div key={layer} class="layer">
          <span aria-hidden="true">layer {layer + 1}</span>
          <input
            type="range"
            aria-label={`units of layer ${layer + 1}`}
            aria-valuetext={`${units} ${units === 1 ? 'unit' : 'units'}`}
            min={1}
            max={widest}
            value={units}
            disabled={isOff}
            onInput={({ currentTarget }) => setUnits(layer, Number(currentTarget.value), 'drag')}
            onChange={() => actions?.end()}
            onBlur={() => actions?.end()}
            onKeyDown={(event) => {
              const direction = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key]
              if (direction === undefined) return
              event.preventDefault()
              setUnits(layer, units + direction * (event.shiftKey ? coarse : 1), 'keys')
            }}
          />
          <span aria-hidden="true">{units}</span>
          <button
            type="button"
            aria-label={`remove layer ${layer + 1}`}
            disabled={isOff}
            onClick={() => {
              set(layers.filter((_, index) => index !== layer))
              // The focused button may have been removed.
              adding.current?.focus()
            }}
          >
            −
          </button>
        </div>
      ))}
      <p class="layers-end">
        <button
          type="button"
          ref={adding}
          disabled={isOff}
          aria-disabled={isFull ? 'true' : undefined}
          onClick={() => isFull || set([...layers, layers.at(-1) ?? defaultUnits])}
        >
          add a layer
        </button>{' '}
        <span>{inWords(layers.length, most)}</span>
      </p>
    </div>
  )
}

function inWords(count: number, most: number): string {
  if (count === 0) return 'none: straight lines part the classes'
  if (count === most) return `${count} layers, the most there can be`
  return count === 1 ? '1 layer' : `${count} layers`
}

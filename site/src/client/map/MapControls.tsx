/** The controls of the map: the settings of its columns and rows, the seeds of a cell, and what its color shows. */
import { useState } from 'preact/hooks'

import { mapColors, type MapColor } from '#experiment/result/map-run.ts'
import { controlOf } from '#experiment/spec/controls.ts'
import { InvalidQuery } from '#experiment/spec/errors.ts'
import { about } from '#experiment/spec/fields.ts'
import { readQuery } from '#experiment/spec/query.ts'
import type { ExperimentSpec, SpecField } from '#experiment/spec/spec.ts'
import { variableFields } from '#experiment/spec/varied-values.ts'
import { readText } from '#playground-view/lenient-input.ts'
import { mapKeys, mapSeedChoices, rangeKeys, type MapView } from '#playground-view/map-view.ts'

import { MapRange } from './MapRange.tsx'

const colorWords: Readonly<Record<MapColor, string>> = {
  accuracy: 'test accuracy',
  instability: 'instability',
  churn: 'churn',
  epochs: 'epochs to an accuracy',
  loss: 'test loss',
}

interface ControlsProps {
  spec: ExperimentSpec
  lock: readonly SpecField[]
  view: MapView
  onMap: (map: MapView) => void
}

export function MapControls({ spec, lock, view, onMap }: ControlsProps) {
  const { vary, color, seeds } = view
  const [columns, rows] = vary
  const fields = variableFields.filter((field) => !lock.includes(field) && controlOf(field).idle?.(spec) === undefined)
  const setFields = (across: string, up: string) => {
    const chosen = [across, up].filter((field, index, all) => field !== '' && all.indexOf(field) === index)
    onMap({ ...view, vary: chosen as SpecField[] })
  }
  return (
    <>
      <div class="map-controls">
        <Choice label="columns" value={columns ?? ''} onChoose={(field) => setFields(field, rows ?? '')}>
          <FieldOptions fields={fields} />
        </Choice>
        <Choice label="rows" value={rows ?? ''} onChoose={(field) => setFields(columns ?? '', field)}>
          <FieldOptions fields={fields.filter((field) => field !== columns)} />
        </Choice>
        <Choice label="seeds" value={String(seeds)} onChoose={(count) => onMap({ ...view, seeds: Number(count) })}>
          {mapSeedChoices.map((count) => (
            <option key={count} value={count}>
              {count}
            </option>
          ))}
        </Choice>
        <Choice label="color" value={color} onChoose={(next) => onMap({ ...view, color: next as MapColor })}>
          {mapColors.map((one) => (
            <option key={one} value={one}>
              {colorWords[one]}
            </option>
          ))}
        </Choice>
        {color === 'epochs' && <Target view={view} onMap={onMap} />}
      </div>
      {vary.map((field, index) => (
        <MapRange key={field} axis={rangeKeys[index]!} field={field} spec={spec} view={view} onMap={onMap} />
      ))}
    </>
  )
}

function FieldOptions({ fields }: { fields: readonly SpecField[] }) {
  return (
    <>
      <option value="">none</option>
      {fields.map((field) => (
        <option key={field} value={field}>
          {controlOf(field).title}
        </option>
      ))}
    </>
  )
}

interface ChoiceProps {
  label: string
  value: string
  onChoose: (value: string) => void
  children: preact.ComponentChildren
}

function Choice({ label, value, onChoose, children }: ChoiceProps) {
  return (
    <label>
      {label}{' '}
      <select value={value} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
        {children}
      </select>
    </label>
  )
}

/** The test accuracy that counts the epochs. What cannot be read is said beside it, and the map stays. */
function Target({ view, onMap }: Pick<ControlsProps, 'view' | 'onMap'>) {
  const [typed, setTyped] = useState<string>()
  const { allowed, description } = about.get(mapKeys.target)!
  const type = (text: string) => {
    setTyped(text)
    const target = targetOf(allowed ? readText(allowed, text) : text)
    if (target !== undefined && target !== view.target) onMap({ ...view, target })
  }
  const isWrong = typed !== undefined && targetOf(allowed ? readText(allowed, typed) : typed) === undefined
  return (
    <label>
      accuracy{' '}
      <input
        class="map-target"
        inputmode="decimal"
        autocomplete="off"
        value={typed ?? String(view.target)}
        aria-invalid={isWrong ? 'true' : undefined}
        aria-describedby={isWrong ? 'map-target-wrong' : undefined}
        onInput={({ currentTarget }) => type(currentTarget.value)}
        onBlur={() => !isWrong && setTyped(undefined)}
      />
      {isWrong && (
        <span class="setting-wrong" id="map-target-wrong" role="status">
          “{typed.slice(0, 40)}” cannot be used. Allowed: {description}.
        </span>
      )}
    </label>
  )
}

function targetOf(text: string): number | undefined {
  try {
    return readQuery({ target: mapKeys.target }, [['target', text]], 'refuse').target
  } catch (error) {
    if (error instanceof InvalidQuery) return undefined
    throw error
  }
}

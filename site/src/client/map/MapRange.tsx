/**
 * The values of an axis of the map, as a range that the reader may change: from, to, how many, and their spacing. What
 * cannot be used is said below, and the map stays as it is.
 */
import { useId, useMemo, useState } from 'preact/hooks'

import { controlOf } from '#experiment/spec/controls.ts'
import type { Stop } from '#experiment/spec/controls.ts'
import type { ExperimentSpec, SpecField } from '#experiment/spec/spec.ts'
import { rangeScales, type VariedRange } from '#experiment/spec/varied-range.ts'
import { mostCells, variedValues } from '#experiment/spec/varied-values.ts'
import { readText } from '#playground-view/lenient-input.ts'
import { rangeKeys, readRange, type MapView, type RangeTexts } from '#playground-view/map-view.ts'

interface RangeProps {
  axis: (typeof rangeKeys)[number]
  field: SpecField
  spec: ExperimentSpec
  view: MapView
  onMap: (map: MapView) => void
}

export function MapRange({ axis, field, spec, view, onMap }: RangeProps) {
  const { ranges, vary } = view
  const [typed, setTyped] = useState<RangeTexts>()
  const id = useId()
  const { title } = controlOf(field)
  const values = useMemo(
    () => variedValues(field, spec, { most: mostCells[axis], other: vary.find((one) => one !== field), ranges }),
    [field, spec, axis, vary, ranges],
  )
  const texts = typed ?? textsOf(ranges[field] ?? rangeOf(field, values))
  const read = readRange(field, axis, normalized(field, texts))
  const isCustom = ranges[field] !== undefined
  const type = (part: keyof VariedRange, text: string) => {
    const next = { ...texts, [part]: text }
    setTyped(next)
    const range = readRange(field, axis, normalized(field, next))
    if (typeof range === 'object') onMap({ ...view, ranges: { ...ranges, [field]: range } })
  }
  const reset = () => {
    setTyped(undefined)
    const { [field]: _, ...others } = ranges
    onMap({ ...view, ranges: others })
  }
  const wrong = typed && typeof read === 'string' ? read : undefined
  return (
    <details class="map-range">
      <summary>
        {axis}: {title} {valuesInWords(values)}
      </summary>
      <div class="map-controls">
        {(['from', 'to', 'count'] as const).map((part) => (
          <label key={part}>
            {part === 'count' ? 'values' : part}{' '}
            <input
              class="map-target"
              inputmode={part === 'count' ? 'numeric' : 'decimal'}
              autocomplete="off"
              value={texts[part]}
              aria-label={`${title}: ${part === 'count' ? 'number of values' : part}`}
              aria-describedby={wrong ? id : undefined}
              aria-invalid={wrong ? 'true' : undefined}
              onInput={({ currentTarget }) => type(part, currentTarget.value)}
              onBlur={() => !wrong && setTyped(undefined)}
            />
          </label>
        ))}
        <label>
          spacing{' '}
          <select
            value={texts.scale}
            aria-label={`${title}: spacing`}
            onChange={({ currentTarget }) => type('scale', currentTarget.value)}
          >
            {rangeScales.map((scale) => (
              <option key={scale} value={scale}>
                {scale === 'log' ? 'logarithmic' : 'linear'}
              </option>
            ))}
          </select>
        </label>
        {isCustom && (
          <button type="button" onClick={reset}>
            Usual values
          </button>
        )}
      </div>
      <p class="setting-wrong" id={id} role="status">
        {wrong}
      </p>
    </details>
  )
}

/** The spellings that a reader may use, such as a decimal comma, as a program writes them. */
function normalized(field: SpecField, texts: RangeTexts): RangeTexts {
  const { allowed } = controlOf(field)
  return {
    from: readText(allowed, texts.from),
    to: readText(allowed, texts.to),
    count: texts.count.trim(),
    scale: texts.scale,
  }
}

function textsOf({ from, to, count, scale }: VariedRange): RangeTexts {
  return { from: String(from), to: String(to), count: String(count), scale }
}

/** The range that the usual values of a field come closest to. */
function rangeOf(field: SpecField, values: readonly Stop[]): VariedRange {
  const numbers = values.filter((value) => value !== 'full')
  const from = numbers[0] ?? 1
  const isLog = controlOf(field).scale === 'log' && from > 0
  return { from, to: numbers.at(-1) ?? from, count: numbers.length, scale: isLog ? 'log' : 'linear' }
}

function valuesInWords(values: readonly Stop[]): string {
  const [first, last] = [values[0], values.at(-1)]
  return values.length > 1 ? `${first} to ${last}, ${values.length} values` : String(first ?? '')
}

/**
 * The control beside a numeric setting that puts it into the map: the first one is swept alone, a second one makes a map,
 * and a setting that varies already is taken out. Without scripts it is a link.
 */
import { useContext } from 'preact/hooks'

import type { Control } from '#experiment/spec/controls.ts'
import { canVary } from '#experiment/spec/varied-values.ts'

import { ActionsContext } from './actions.ts'
import { writeAddress } from './address.ts'
import { defaultMap, withVaried } from './map-view.ts'
import type { SettingsState } from './settings-state.ts'

export function VaryThis({
  control: { field, title, idle },
  setup: { spec, shown },
}: {
  control: Control
  setup: SettingsState
}) {
  const actions = useContext(ActionsContext)
  if (!canVary(field) || shown.lock.includes(field) || idle?.(spec) !== undefined) return null
  const { map = defaultMap } = shown
  const isVaried = map.vary.includes(field)
  const common = { class: 'setting-vary', 'aria-label': `vary ${title} in the map`, title: `vary ${title} in the map` }
  if (actions)
    return (
      <button type="button" {...common} aria-pressed={isVaried} onClick={() => actions.vary(field)}>
        <Grid />
      </button>
    )
  return (
    <a {...common} href={writeAddress(spec, { ...shown, map: withVaried(map, field) })}>
      <Grid />
    </a>
  )
}

/** A small map as a sign. */
function Grid() {
  return (
    <svg viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">
      <path d="M1 1h12v12h-12zM1 5h12M1 9h12M5 1v12M9 1v12" />
    </svg>
  )
}

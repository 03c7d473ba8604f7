/**
 * The die next to a seed, which links to the next one. As a link it works without JavaScript and adds to the browser's
 * history. Randomness comes only from seeds, so the same click gives everyone the same seed.
 */
import type { Control } from '#experiment/spec/controls.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import { linkToValue, type SettingsState } from './settings-state.ts'

/** The pips of each face, as positions in a 3 × 3 grid. */
const faces = ['4', '08', '048', '0268', '02468', '023568'] as const

/** The die; nothing if no other seed is possible. */
export function NextSeed({ control, setup }: { control: Control; setup: SettingsState }) {
  const { field, title } = control
  const next = nextSeed(control, setup.spec)
  const way = linkToValue(setup, field, next)
  if (!('address' in way)) return null
  return (
    <span class="die">
      <a href={way.address} aria-label={`another ${title}: ${next}`}>
        <Face seed={Number(setup.spec[field])} />
      </a>
    </span>
  )
}

/** The next seed that no run uses; after the largest seed comes 0. */
function nextSeed({ field, allowed }: Control, spec: ExperimentSpec): number {
  const runs = field === 'seed' ? spec.seeds : 1
  const next = Number(spec[field]) + runs
  return allowed.kind === 'whole' && next + runs - 1 > allowed.max ? 0 : next
}

function Face({ seed }: { seed: number }) {
  const pips = faces[(seed + 5) % 6]!
  return (
    <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
      <rect x="1.5" y="1.5" width="21" height="21" rx="4" />
      {Array.from(pips, (place) => (
        <circle key={place} cx={6.5 + 5.5 * (Number(place) % 3)} cy={6.5 + 5.5 * Math.floor(Number(place) / 3)} r="2" />
      ))}
    </svg>
  )
}

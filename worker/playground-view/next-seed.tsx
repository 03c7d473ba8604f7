/**
 * A die beside a seed: it takes the next one. It is a link, so that it works without JavaScript, and a step of the
 * browser's history. Chance is in the seeds alone, so the same throw gives the same seed to everyone.
 */
import type { Control } from '#experiment/spec/controls.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import { wayTo, type SettingsState } from './settings-state.ts'

/** Where the pips are on each face, in a square of 3 × 3 places. */
const faces = ['4', '08', '048', '0268', '02468', '023568'] as const

/** The die; none where no other seed is possible. */
export function NextSeed({ control, setup }: { control: Control; setup: SettingsState }) {
  const { field, title } = control
  const next = nextSeed(control, setup.spec)
  const way = wayTo(setup, field, next)
  if (!('address' in way)) return null
  return (
    <span class="die">
      <a href={way.address} aria-label={`another ${title}: ${next}`}>
        <Face seed={Number(setup.spec[field])} />
      </a>
    </span>
  )
}

/** The next seed that no run has yet; after the last comes 0. */
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

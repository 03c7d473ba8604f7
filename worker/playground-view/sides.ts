/**
 * The comparison of two experiments, A and B: which of them the settings show, what each is called, and the addresses
 * that begin a comparison, turn to its other side and end it.
 *
 * The address has the experiment whose settings are shown; the other one is its `pin`. As long as B is shown, which is
 * so from the beginning, nothing more is needed; `side=A` says that A is.
 */
import { sides, type Side } from '#charts/sides.ts'
import { headingOf } from '#charts/text/heading.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import { writeAddress, type Shown } from './address.ts'
import { fieldsApart, nameBeside } from './comparison-text.ts'

/** One side of a comparison. */
export interface ComparedSide {
  side: Side
  spec: ExperimentSpec
  /** The settings in which it differs from the other side. */
  name: string
  /** Whether the settings are those of this side. */
  isEdited: boolean
  /** The address in which they are. */
  address: string
}

/** The side whose settings are shown. */
export function editedSide({ side }: Pick<Shown, 'side'>): Side {
  return side ?? 'B'
}

/** Both sides, A first; undefined without a comparison. */
export function comparedSides(spec: ExperimentSpec, shown: Shown): ComparedSide[] | undefined {
  const { pin } = shown
  if (!pin) return undefined
  const edited = editedSide(shown)
  const areSame = fieldsApart(spec, pin).length === 0
  return sides.map((side) => {
    const isEdited = side === edited
    const [own, other] = isEdited ? [spec, pin] : [pin, spec]
    return {
      side,
      spec: own,
      name: !areSame ? nameBeside(own, other) : side === 'A' ? lowered(headingOf({ ...own, seeds: 1 })) : 'a copy of A',
      isEdited,
      address: isEdited ? writeAddress(spec, shown) : turnedAddress(spec, { ...shown, pin }),
    }
  })
}

/** The address at which the settings are those of the other side. */
function turnedAddress(spec: ExperimentSpec, shown: Shown & { pin: ExperimentSpec }): string {
  const { side, ...rest } = shown
  return writeAddress(shown.pin, { ...rest, pin: spec, ...(side === 'A' ? {} : { side: 'A' }) })
}

/** The address that compares an experiment with a copy of itself, whose settings are then changed. */
export function compareAddress(spec: ExperimentSpec, shown: Shown): string {
  const { side: _, ...rest } = shown
  return writeAddress(spec, { ...rest, pin: spec })
}

/** The address of one experiment alone. */
export function aloneAddress(spec: ExperimentSpec, shown: Shown): string {
  const { side: _, pin: __, ...rest } = shown
  return writeAddress(spec, rest)
}

function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}

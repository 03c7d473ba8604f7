/**
 * The live region of the playground for screen readers: one line with the result after each change, or with what is wrong
 * in what was typed, once nothing changes for a moment.
 */
import { useEffect, useState } from 'preact/hooks'

import { decimal, digitsOf } from '#charts/text/format.ts'
import { headingOf } from '#charts/text/heading.ts'
import { controlOf } from '#experiment/spec/controls.ts'
import type { SpecField } from '#experiment/spec/spec.ts'
import { adjustedText } from '#playground-view/adjusted-setting.tsx'
import { errorInWords } from '#playground-view/setting.tsx'

import type { State } from './state.ts'

/** How long nothing changes before it is said, in milliseconds: longer than between two keys of someone who types. */
const pause = 700

type Announced = Pick<State, 'spec' | 'errors' | 'adjusted' | 'live'>

/** The line of a state; undefined while the experiment is being trained. */
export function announcementOf({ spec, errors, adjusted, live }: Announced): string | undefined {
  if (errors.length > 0)
    return errors
      .map((error) => {
        const control = controlOf(error.field as SpecField)
        return `${control.title}: ${errorInWords(control, spec, error)}`
      })
      .join(' ')
  if (!live?.isOver || live.spec !== spec) return undefined
  const { final, instability, runs, diverged } = live.result.summary
  const outcome =
    diverged === runs
      ? 'diverged'
      : `test accuracy ${decimal(final.testAccuracy.mean)}, instability ${decimal(instability.mean, digitsOf.instability)}`
  return [`${headingOf(spec)}: ${outcome}.`, ...adjusted.map(adjustedText)].join(' ')
}

/** The text of the live region: empty until something changes, then the newest line that stood for a moment. */
export function useAnnounced(state: Announced): string {
  const [opened] = useState(state.spec)
  const [said, setSaid] = useState('')
  const isAsOpened = said === '' && state.spec === opened && state.errors.length === 0
  const line = isAsOpened ? undefined : announcementOf(state)
  useEffect(() => {
    if (line === undefined) return undefined
    const timer = setTimeout(() => setSaid(line), pause)
    return () => clearTimeout(timer)
  }, [line])
  return said
}

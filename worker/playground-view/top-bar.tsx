/**
 * The bar above the pictures: what is shown, the way to compare it or to share it, and the verdict of a comparison.
 */
import type { ComponentChildren } from 'preact'

import { classOfSide } from '#charts/sides.ts'
import { wholeNumber } from '#charts/text/format.ts'
import { headingOf } from '#charts/text/heading.ts'

import type { SettingsState } from './settings-state.ts'
import { aloneAddress, compareAddress, comparedSides } from './sides.ts'

interface TopBarProps {
  setup: Pick<SettingsState, 'spec' | 'shown'>
  /** Whether there is a result that can be compared and shared. */
  isTrained: boolean
  /** The status of the training, and its verification. */
  status?: ComponentChildren
  /** The verdict of the comparison, if there is one. */
  verdict?: ComponentChildren
}

/** The bar. */
export function TopBar({ setup: { spec, shown }, isTrained, status, verdict }: TopBarProps) {
  const compared = comparedSides(spec, shown)
  return (
    <div class="instrument-bar">
      <h1>{compared ? <Sides setup={{ spec, shown }} /> : isTrained ? headingOf(spec) : 'Playground'}</h1>
      {isTrained && (
        <p class="bar-actions">
          {compared ? (
            compared.map(({ side, spec: own }) => (
              <a key={side} class="bar-action" href={aloneAddress(own, shown)}>
                {side} alone
              </a>
            ))
          ) : (
            <a class="bar-action bar-main" href={compareAddress(spec, shown)}>
              Compare
            </a>
          )}
          <a class="bar-action" href="#share">
            Share
          </a>
        </p>
      )}
      {status && <div class="bar-status">{status}</div>}
      {verdict}
    </div>
  )
}

/** The heading of a comparison: both sides, each a link that shows its settings. */
function Sides({ setup: { spec, shown } }: Pick<TopBarProps, 'setup'>) {
  return (
    <>
      {comparedSides(spec, shown)?.map(({ side, name, isEdited, address }) => (
        <>
          <a
            key={side}
            class={`side ${classOfSide[side]}`}
            href={address}
            aria-current={isEdited ? 'true' : undefined}
            title={isEdited ? `The settings are those of ${side}.` : `Show the settings of ${side}.`}
          >
            <b>{side}</b> {name}
          </a>{' '}
        </>
      ))}
      {spec.seeds > 1 && <span class="side-seeds">{wholeNumber(spec.seeds)} seeds</span>}
    </>
  )
}

/** The heading as plain text, for the title of the page: `A: batch size 4 · B: batch size 32`. */
export function titleOfSetup({ spec, shown }: Pick<SettingsState, 'spec' | 'shown'>): string {
  const compared = comparedSides(spec, shown)
  return compared ? compared.map(({ side, name }) => `${side}: ${name}`).join(' · ') : headingOf(spec)
}

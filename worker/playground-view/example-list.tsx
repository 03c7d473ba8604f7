/**
 * The example experiments as a row of small pictures, each the test accuracy of its first run. Settings that the link's
 * author locked stay locked.
 */
import { controlOf } from '#experiment/spec/controls.ts'
import { permalink, readSpec } from '#experiment/spec/permalink.ts'
import type { SpecField } from '#experiment/spec/spec.ts'

import { curveSteps, examples, type Start } from './examples.ts'
import { changedIn, startAddress, type SettingsState } from './settings-state.ts'

/** The parsed examples. */
const read = examples.map((start) => ({
  ...start,
  spec: readSpec(new URLSearchParams(start.query), {}, 'refuse').spec,
}))

/** The row of links, with a comment on the example that is shown. One that contradicts locked settings is plain text. */
export function ExampleList({ setup }: { setup: Pick<SettingsState, 'spec' | 'shown'> }) {
  const { spec, shown } = setup
  const present = read.find((example) => permalink({ ...spec, seeds: 1 }) === permalink(example.spec))
  return (
    <nav class="starting" aria-label="Examples to start from">
      <ul tabIndex={-1}>
        {read.map(({ query, title, comment, curve, spec: own }) => {
          const address = startAddress(setup, changedIn(own))
          const other = shown.lock.filter((field) => own[field] !== spec[field])
          const note = other.length > 0 ? lockedText(other, address !== undefined) : comment
          const content = (
            <>
              <SmallCurve curve={curve} />
              <span>{title}</span>
            </>
          )
          const isPresent = present?.query === query
          return (
            <li key={query}>
              {address === undefined ? (
                <span class="example" title={note}>
                  {content}
                </span>
              ) : (
                <a class="example" href={address} title={note} aria-current={isPresent ? 'true' : undefined}>
                  {content}
                </a>
              )}
            </li>
          )
        })}
      </ul>
      <p class="starting-comment">{present?.comment ?? 'Examples to start from.'}</p>
    </nav>
  )
}

/** The size of a small picture. */
const box = { width: 60, height: 30 }

/** A run's test accuracy; where it diverged, the line ends in a cross. */
export function SmallCurve({ curve }: Pick<Start, 'curve'>) {
  const points = Array.from(curve, (digit, index) => ({
    x: 1 + (index * (box.width - 2)) / (curve.length - 1),
    y: digit === '-' ? undefined : box.height - 1 - (parseInt(digit, 36) * (box.height - 2)) / curveSteps,
  }))
  const shown = points.flatMap(({ x, y }) => (y === undefined ? [] : [{ x: rounded(x), y: rounded(y) }]))
  const last = shown.at(-1) ?? { x: 1, y: box.height - 1 }
  return (
    <svg class="small-curve" viewBox={`0 0 ${box.width} ${box.height}`} aria-hidden="true">
      {shown.length > 1 && <path d={`M${shown.map(({ x, y }) => `${x} ${y}`).join('L')}`} />}
      {shown.length < points.length && <path class="cross" d={`M${last.x} ${last.y - 4}l6 6m0-6l-6 6`} />}
    </svg>
  )
}

const rounded = (value: number) => Math.round(value * 10) / 10

/** The note about locked settings that the example would change. */
function lockedText(fields: readonly SpecField[], isPossible: boolean): string {
  const titles = fields.map((field) => controlOf(field).title).join(', ')
  return isPossible ? `Here without its ${titles}, frozen as set.` : `Not with the frozen ${titles}.`
}

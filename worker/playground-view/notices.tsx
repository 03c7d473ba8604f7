/**
 * What a reader must know before anything else: what is wrong with the settings, what was left out of the address, and
 * whether the numbers of a shared link came true.
 */
import { Fragment } from 'preact'

import { controlOf } from '#experiment/spec/controls.ts'
import type { FieldError } from '#experiment/spec/errors.ts'
import { specQuery, withQuery } from '#experiment/spec/permalink.ts'
import type { SpecField } from '#experiment/spec/spec.ts'

import { hasErrors, readAddress, viewQuery } from './address.ts'
import { readTyped, type UnknownKey } from './lenient-input.ts'
import { LockedNote } from './locked-note.tsx'
import type { SettingsState } from './settings-state.ts'

/** Why nothing could be trained, in words. */
export interface Refused {
  title: string
  detail: string
  /** In how many seconds a page without JavaScript asks again. */
  again?: number | undefined
  /** What could be trained instead. */
  ways?: readonly { address: string; words: string }[]
  /** What is said where scripts run. */
  scripted?: string | undefined
}

/** When a page that has no script asks again. */
export const asksAgain = (seconds: number): string => `This page asks again by itself, in ${seconds} seconds.`

/** What is wrong: the settings that are, each with the way to it; or why it cannot be trained now. */
export function ProblemNotice({
  errors,
  refused: { title, detail, again, ways, scripted },
}: {
  errors: readonly FieldError[]
  refused: Refused
}) {
  const fields = [...new Set(errors.map(({ field }) => field as SpecField))]
  return (
    <div class="instrument-problem">
      <h2>{title}</h2>
      {fields.length === 0 ? (
        <>
          <p>{detail}</p>
          {scripted && <p class="scripted">{scripted}</p>}
          {ways && ways.length > 0 && (
            <p>
              What fits:{' '}
              {ways.map(({ address, words }, index) => (
                <Fragment key={address}>
                  {index > 0 && ', or '}
                  <a href={address}>{words}</a>
                </Fragment>
              ))}
              .
            </p>
          )}
          {again !== undefined && (
            <noscript>
              <p>{asksAgain(again)}</p>
            </noscript>
          )}
        </>
      ) : (
        <p>
          Nothing was trained. Please look at{' '}
          {fields.map((field, index) => (
            <>
              {index > 0 && ', '}
              <a key={field} href={`#set-${field}`}>
                {controlOf(field).title}
              </a>
            </>
          ))}
          . All other settings are kept.
        </p>
      )}
    </div>
  )
}

interface NotesProps {
  setup: SettingsState
  unknownKeys: readonly UnknownKey[]
  /** View keys that could not be read. */
  leftOut: readonly FieldError[]
  /** Whether a shared link's numbers came true. */
  promise: string | undefined
}

/** What was left out, and what came of a promise. */
export function Notices({ setup: { spec, shown }, unknownKeys, leftOut, promise }: NotesProps) {
  // The other unknown keys come along, so that each is offered in its turn.
  const corrected = (stranger: UnknownKey, meant: SpecField): string | undefined => {
    const rest = unknownKeys.filter((other) => other !== stranger).map(({ key, value }) => [key, value])
    const query = new URLSearchParams([...specQuery(spec), ...viewQuery(shown), ...rest] as [string, string][])
    query.set(meant, stranger.value)
    return hasErrors(readAddress(readTyped(query).query).spec) ? undefined : withQuery('/playground', query)
  }
  return (
    <>
      {promise && <p>{promise}</p>}
      {shown.lock.length > 0 && <LockedNote spec={spec} shown={shown} />}
      {unknownKeys.map((stranger) => {
        const { key, value, meant } = stranger
        const offer = meant && corrected(stranger, meant)
        return (
          <p key={key}>
            The address has <code>{key}</code>, which is no setting, so it was left out.
            {offer && (
              <>
                {' '}
                <a href={offer}>
                  Use {value} as {controlOf(meant).title}
                </a>
              </>
            )}
          </p>
        )
      })}
      {leftOut.map(({ field, value, expected }) => (
        <p key={field}>
          <code>{field}</code> was left out: “{value}” is not {expected}.
        </p>
      ))}
    </>
  )
}

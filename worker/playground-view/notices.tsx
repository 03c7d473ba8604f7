/**
 * The notices at the top of the playground: errors in the settings, ignored query keys, and whether the numbers match
 * those that a shared link promised.
 */
import { Fragment } from 'preact'

import { controlOf } from '#experiment/spec/controls.ts'
import type { FieldError } from '#experiment/spec/errors.ts'
import { specQuery, withQuery } from '#experiment/spec/permalink.ts'
import type { SpecField } from '#experiment/spec/spec.ts'

import { hasErrors, readAddress, viewQuery } from './address.ts'
import { readTyped, type UnknownKey } from './lenient-input.ts'
import { LockedNote } from './locked-note.tsx'
import { MapNote } from './map-note.tsx'
import { OwnDataButton } from './own-data-note.tsx'
import type { SettingsState } from './settings-state.ts'

/** Why nothing was trained, in words. */
export interface Refused {
  title: string
  detail: string
  /** The seconds after which a page without JavaScript reloads. */
  again?: number | undefined
  /** Links to experiments that could be trained instead. */
  ways?: readonly { address: string; words: string }[]
  /** It is on own data: a button opens the dialog in which a table is chosen. */
  hasOwnData?: boolean
  /** The additional text for browsers with scripts. */
  scripted?: string | undefined
}

/** The announcement of an automatic reload. */
export const asksAgain = (seconds: number): string => `This page asks again by itself, in ${seconds} seconds.`

/** The error notice: links to the invalid settings, or the reason why nothing can be trained now. */
export function ProblemNotice({
  errors,
  refused: { title, detail, again, ways, scripted, hasOwnData },
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
          {hasOwnData && <OwnDataButton words="Choose a file …" />}
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
  /** View keys that could not be parsed. */
  leftOut: readonly FieldError[]
  /** The outcome of the check against a shared link's promise. */
  promise: string | undefined
}

/** The notices about ignored keys, locked settings and the promise. */
export function Notices({ setup: { spec, shown }, unknownKeys, leftOut, promise }: NotesProps) {
  // The other unknown keys stay in the query, so that each is offered in turn.
  const corrected = (unknown: UnknownKey, meant: SpecField): string | undefined => {
    const rest = unknownKeys.filter((other) => other !== unknown).map(({ key, value }) => [key, value])
    const query = new URLSearchParams([...specQuery(spec), ...viewQuery(shown), ...rest] as [string, string][])
    query.set(meant, unknown.value)
    return hasErrors(readAddress(readTyped(query).query).spec) ? undefined : withQuery('/playground', query)
  }
  return (
    <>
      {promise && <p>{promise}</p>}
      {shown.map && shown.map.vary.length > 0 && <MapNote spec={spec} map={shown.map} />}
      {shown.lock.length > 0 && <LockedNote spec={spec} shown={shown} />}
      {unknownKeys.map((unknown) => {
        const { key, value, meant } = unknown
        const offer = meant && corrected(unknown, meant)
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

/**
 * The list of experiments that were looked at in this browser: named, sorted, opened, compared, deleted, as CSV and as a
 * link; and those of such a link.
 */
import { useState } from 'preact/hooks'

import { decimal, digitsOf, missing } from '#charts/text/format.ts'
import { headingOf } from '#charts/text/heading.ts'
import { floatText } from '#experiment/result/decimal.ts'
import { readSpecOfAnySize } from '#experiment/spec/permalink.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { writeAddress, type Shown } from '#playground-view/address.ts'
import { SmallCurve } from '#playground-view/example-list.tsx'
import { ScrollBox } from '#playground-view/scroll-box.tsx'
import { aloneAddress } from '#playground-view/sides.ts'

import { saveFile } from '../save-file.ts'
import { OfferedRuns } from './offered-runs.tsx'
import { longestName } from './runs-link.ts'
import type { LoggedRun, RunsLog } from './runs-log.ts'
import { SetLink } from './set-link.tsx'

export interface RunsPanelProps {
  log: RunsLog
  /** The experiment that is shown, with which others are compared. */
  spec: ExperimentSpec
  shown: Shown
  /** Changes whenever the list has another row. */
  version: number
  /** The fragment of an address that links to a set of experiments, while these are offered. */
  fragment: string | undefined
  onFragmentClosed: () => void
}

/** The columns that can be sorted; the first is the order in which they were looked at. */
const columns = {
  order: { title: 'experiment', value: undefined },
  accuracy: { title: 'test accuracy', value: ({ accuracy }: LoggedRun) => accuracy },
  instability: { title: 'instability', value: ({ instability }: LoggedRun) => instability },
  epochsTo80: { title: 'epochs to 0.80', value: ({ epochsTo80 }: LoggedRun) => epochsTo80 },
  seeds: { title: 'seeds', value: ({ seeds }: LoggedRun) => seeds },
} as const
type Column = keyof typeof columns

export function RunsPanel({ log, spec, shown, fragment, onFragmentClosed }: RunsPanelProps) {
  const [sorted, setSorted] = useState<{ by: Column; isAscending: boolean }>({ by: 'order', isAscending: true })
  const [, setChanges] = useState(0)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [isLinking, setLinking] = useState(false)
  const change = (act: () => void) => {
    act()
    setChanges((count) => count + 1)
  }
  const rows = sortRows(log.rows, sorted)
  const choose = (query: string, isChosen: boolean) => {
    const next = new Set(chosen)
    if (isChosen) next.add(query)
    else next.delete(query)
    setChosen(next)
  }
  const offered = fragment !== undefined && (
    <OfferedRuns
      key={fragment}
      fragment={fragment}
      log={log}
      shown={shown}
      onChange={() => change(() => undefined)}
      onClose={onFragmentClosed}
    />
  )
  if (rows.length === 0)
    return (
      <>
        {offered}
        <p>Every experiment that you look at is listed here, in this browser alone.</p>
      </>
    )
  return (
    <div class="runs-log">
      {offered}
      <p>
        {rows.length === 1 ? 'One experiment' : `${rows.length} experiments`}, kept in this browser alone.{' '}
        <button
          type="button"
          onClick={() => saveFile(new Blob([csvOf(rows)], { type: 'text/csv' }), 'minibatch-runs.csv')}
        >
          CSV
        </button>{' '}
        <button type="button" aria-expanded={isLinking} onClick={() => setLinking(!isLinking)}>
          Link
        </button>{' '}
        <button type="button" onClick={() => change(() => log.clear())}>
          Delete all
        </button>
      </p>
      {isLinking && <SetLink rows={rows} chosen={chosen} />}
      <ScrollBox label="Table: experiments that you looked at">
        <table>
          <thead>
            <tr>
              {(Object.keys(columns) as Column[]).map((name) => (
                <th key={name} scope="col" aria-sort={ariaSort(sorted, name)}>
                  <button
                    type="button"
                    class="as-link"
                    onClick={() =>
                      setSorted({ by: name, isAscending: sorted.by === name ? !sorted.isAscending : true })
                    }
                  >
                    {columns[name].title}
                  </button>
                </th>
              ))}
              <th scope="col">curve</th>
              <th scope="col">name</th>
              {isLinking && <th scope="col">in the link</th>}
              <th scope="col">
                <span class="unseen">what to do with it</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row
                key={row.query}
                row={row}
                beside={{ spec, shown }}
                log={log}
                change={change}
                choice={isLinking ? { isChosen: chosen.has(row.query), choose } : undefined}
              />
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </div>
  )
}

interface RowProps {
  row: LoggedRun
  beside: Pick<RunsPanelProps, 'spec' | 'shown'>
  log: RunsLog
  change: (act: () => void) => void
  /** Whether it is chosen for the link; undefined while there is none. */
  choice: { isChosen: boolean; choose: (query: string, isChosen: boolean) => void } | undefined
}

function Row({ row, beside: { spec, shown }, log, change, choice }: RowProps) {
  const own = specOf(row)
  if (!own) return null
  const heading = headingOf(own)
  const { side: _, pin: __, ...view } = shown
  return (
    <tr>
      <th scope="row">
        <a href={aloneAddress(own, shown)}>{heading}</a>
        {row.diverged > 0 && `, ${row.diverged} diverged`}
      </th>
      <td>{decimal(row.accuracy)}</td>
      <td>{decimal(row.instability, digitsOf.instability)}</td>
      <td>{row.epochsTo80 ?? missing}</td>
      <td>{row.seeds}</td>
      <td>
        <SmallCurve curve={row.curve} />
      </td>
      <td>
        <input
          aria-label={`name of ${heading}`}
          value={row.name}
          maxLength={longestName}
          // At each key: a page that is left does not take the name with it.
          onInput={({ currentTarget }) => change(() => log.rename(row.query, currentTarget.value))}
          onChange={({ currentTarget }) => change(() => log.rename(row.query, currentTarget.value.trim()))}
        />
      </td>
      {choice && (
        <td>
          <input
            type="checkbox"
            aria-label={`put ${heading} into the link`}
            checked={choice.isChosen}
            onChange={({ currentTarget }) => choice.choose(row.query, currentTarget.checked)}
          />
        </td>
      )}
      <td>
        <a href={writeAddress(spec, { ...view, pin: own })} aria-label={`compare with ${heading}`}>
          compare
        </a>{' '}
        <button
          type="button"
          class="as-link"
          aria-label={`delete ${heading}`}
          onClick={() => change(() => log.remove(row.query))}
        >
          delete
        </button>
      </td>
    </tr>
  )
}

/** The experiment of a row; undefined if this version has no such settings any more. */
function specOf({ query }: LoggedRun): ExperimentSpec | undefined {
  try {
    return readSpecOfAnySize(new URLSearchParams(query), {}, 'refuse').spec
  } catch {
    return undefined
  }
}

function sortRows(rows: readonly LoggedRun[], { by, isAscending }: { by: Column; isAscending: boolean }) {
  const { value } = columns[by]
  const direction = isAscending ? 1 : -1
  if (!value) return isAscending ? rows : [...rows].reverse()
  // What has no value comes last, in either direction.
  const last = (row: LoggedRun) => (value(row) === null ? 1 : 0)
  return [...rows].sort((a, b) => last(a) - last(b) || direction * ((value(a) ?? 0) - (value(b) ?? 0)))
}

const ariaSort = ({ by, isAscending }: { by: Column; isAscending: boolean }, name: Column) =>
  by === name ? (isAscending ? 'ascending' : 'descending') : undefined

/** The rows as CSV (RFC 4180); cells that a spreadsheet would take for a formula begin with an apostrophe. */
function csvOf(rows: readonly LoggedRun[]): string {
  const text = (value: string) => `"${(/^[=+\-@]/.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`
  const number = (value: number | null) => floatText(value === null ? null : Math.fround(value))
  const lines = rows.map(({ query, name, accuracy, instability, epochsTo80, seeds, diverged }) => [
    text(name),
    number(accuracy),
    number(instability),
    epochsTo80 ?? '',
    seeds,
    diverged,
    text(`${location.origin}/playground${query === '' ? '' : `?${query}`}`),
  ])
  const head = ['name', 'testAccuracy', 'instability', 'epochsTo80', 'seeds', 'diverged', 'address']
  return [head, ...lines].map((cells) => `${cells.join(',')}\r\n`).join('')
}

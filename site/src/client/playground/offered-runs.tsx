/**
 * The experiments of a link to a set, offered above the reader's own list: trained here, so that their numbers are no
 * one's claim, and in the list only once the reader keeps them.
 */
import { useEffect, useMemo, useState } from 'preact/hooks'

import { decimal, digitsOf, missing } from '#charts/text/format.ts'
import { headingOf } from '#charts/text/heading.ts'
import { excessOf } from '#experiment/spec/budget.ts'
import { readSpecOfAnySize } from '#experiment/spec/permalink.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import type { Shown } from '#playground-view/address.ts'
import { SmallCurve } from '#playground-view/example-list.tsx'
import { ScrollBox } from '#playground-view/scroll-box.tsx'
import { aloneAddress } from '#playground-view/sides.ts'

import { liveResult } from '../live-result.ts'
import { trainSeveral } from '../train-several.ts'
import { createBackgroundTrainer, TrainerError } from '../trainer/trainer.ts'
import { readRunsLink, type LinkedRun } from './runs-link.ts'
import { mostLogged, rowOf, type LoggedRun, type RunsLog } from './runs-log.ts'

interface OfferedRunsProps {
  /** The fragment of the link. */
  fragment: string
  log: RunsLog
  shown: Shown
  /** The list has changed. */
  onChange: () => void
  onClose: () => void
}

export function OfferedRuns({ fragment, log, shown, onChange, onClose }: OfferedRunsProps) {
  const { runs, remarks } = useMemo(() => readRunsLink(fragment) ?? { runs: [], remarks: [] }, [fragment])
  const [kept, setKept] = useState<ReturnType<RunsLog['keep']>>()
  const { rows, failure } = useTrainedRows(runs, (row) => {
    log.fill(row)
    onChange()
  })
  const trained = rows.filter(({ curve }) => curve !== '').length
  const trainable = rows.filter(({ query }) => isTrained(specOf(query))).length
  const keep = () => {
    setKept(log.keep(rows))
    onChange()
  }
  return (
    <section class="offered-runs" aria-label="Experiments of the link">
      {remarks.map((remark) => (
        <p key={remark} role="alert">
          {remark}
        </p>
      ))}
      {runs.length > 0 && (
        <p>
          {runs.length === 1 ? 'One experiment comes' : `${runs.length} experiments come`} with this link. Look at them
          here; your own list stays as it is until you keep them.{' '}
          {trained < trainable && !failure && `${trained} of ${trainable} are trained …`}
          {failure && `This browser does not train them: ${failure}.`}
        </p>
      )}
      <p>
        {runs.length > 0 && !kept && (
          <button type="button" onClick={keep}>
            Keep {runs.length === 1 ? 'it' : `all ${runs.length}`} in my list
          </button>
        )}{' '}
        <button type="button" onClick={onClose}>
          {kept || runs.length === 0 ? 'Close' : 'Do not keep'}
        </button>{' '}
        <span role="status">{kept && keptInWords(kept, runs.length)}</span>
      </p>
      {runs.length > 0 && (
        <ScrollBox label="Table: experiments of the link">
          <table>
            <thead>
              <tr>
                <th scope="col">experiment</th>
                <th scope="col">test accuracy</th>
                <th scope="col">instability</th>
                <th scope="col">epochs to 0.80</th>
                <th scope="col">seeds</th>
                <th scope="col">curve</th>
                <th scope="col">name</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <OfferedRow key={row.query} row={row} shown={shown} />
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </section>
  )
}

function OfferedRow({ row, shown }: { row: LoggedRun; shown: Shown }) {
  const spec = specOf(row.query)
  return (
    <tr>
      <th scope="row">
        <a href={aloneAddress(spec, shown)}>{headingOf(spec)}</a>
        {row.diverged > 0 && `, ${row.diverged} diverged`}
      </th>
      {isTrained(spec) ? (
        <>
          <td>{decimal(row.accuracy)}</td>
          <td>{decimal(row.instability, digitsOf.instability)}</td>
          <td>{row.epochsTo80 ?? missing}</td>
        </>
      ) : (
        <td colSpan={3}>open it to train it</td>
      )}
      <td>{row.seeds}</td>
      <td>
        <SmallCurve curve={row.curve} />
      </td>
      <td>{row.name}</td>
    </tr>
  )
}

function keptInWords({ added, left }: ReturnType<RunsLog['keep']>, all: number): string {
  const known = all - added - left
  return [
    added === 1 ? 'One is in your list now.' : `${added} are in your list now.`,
    known > 0 && (known === 1 ? 'One was there already.' : `${known} were there already.`),
    left > 0 && `There was no room for ${left}: your list holds ${mostLogged}. Delete some, and open the link again.`,
  ]
    .filter(Boolean)
    .join(' ')
}

const specOf = (query: string) => readSpecOfAnySize(new URLSearchParams(query), {}, 'refuse').spec

/** Whether an experiment is trained without being opened: not what takes a browser long, or another engine. */
function isTrained(spec: ExperimentSpec): boolean {
  return spec.engine === 'fused' && excessOf(spec) === undefined
}

/**
 * The rows of experiments, with their numbers as they are trained.
 *
 * @param onRow is called with each row that has its numbers
 */
function useTrainedRows(runs: readonly LinkedRun[], onRow: (row: LoggedRun) => void) {
  const [numbers, setNumbers] = useState<ReadonlyMap<string, LoggedRun>>(new Map())
  const [failure, setFailure] = useState<string>()
  useEffect(() => {
    const trainer = createBackgroundTrainer()
    const stopping = new AbortController()
    const { signal } = stopping
    const train = async () => {
      try {
        await trainSeveral(
          runs.filter(({ query }) => isTrained(specOf(query))),
          {
            train: ({ query }) => trainer.train(specOf(query)),
            atOnce: trainer.atOnce,
            signal,
            onTrained: ({ query, name }, { numbers: trained, fingerprint }) => {
              const spec = specOf(query)
              const ended = Array.from({ length: spec.seeds }, (_, run) => run)
              const row = rowOf(liveResult(spec, { numbers: trained, ended }, fingerprint), name)
              setNumbers((known) => new Map([...known, [query, row]]))
              onRow(row)
            },
          },
        )
      } catch (error) {
        if (signal.aborted) return
        if (!(error instanceof TrainerError)) throw error
        setFailure(error.message)
      }
    }
    void train()
    return () => stopping.abort()
    // `onRow` is another function each time, and does the same.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [runs])
  const rows = runs.map((run) => numbers.get(run.query) ?? untrainedRow(run))
  return { rows, failure }
}

/** The row of an experiment without its numbers. */
function untrainedRow({ query, name }: LinkedRun): LoggedRun {
  const { seeds } = specOf(query)
  return { query, name, accuracy: null, instability: null, epochsTo80: null, seeds, diverged: 0, curve: '' }
}

/** What is made of a file: its preview, the label and the features, missing values, cut points, and what that comes to. */
import { useMemo, useState } from 'preact/hooks'

import { wholeNumber } from '#charts/text/format.ts'
import { ScrollBox } from '#playground-view/scroll-box.tsx'

import type { TableColumn, ColumnKind } from './columns.ts'
import { most } from './columns.ts'
import { prepareTable, type Choices, type PreparedTable } from './prepare.ts'
import { styleInWords, type TableText } from './read-file.ts'

interface TableChoicesProps {
  text: TableText
  columns: readonly TableColumn[]
  choices: Choices
  remarks: readonly string[]
  onChange: (changes: { columns?: readonly TableColumn[]; choices?: Choices }) => void
  onUse: (prepared: PreparedTable, isKept: boolean) => void
}

const kinds: Readonly<Record<ColumnKind, string>> = {
  number: 'number',
  boolean: 'yes or no',
  date: 'date',
  category: 'category',
}
/** The rows of the preview. */
const previewRows = 5

export function TableChoices({ text, columns, choices, remarks, onChange, onUse }: TableChoicesProps) {
  const [isKept, setKept] = useState(false)
  const [cutText, setCutText] = useState(choices.cuts.join(', '))
  const prepared = useMemo(() => prepareTable(text, columns, choices), [text, columns, choices])
  const choose = (changes: Partial<Choices>) => onChange({ choices: { ...choices, ...changes } })
  const label = columns[choices.label]!
  const cuts = cutsOf(cutText)
  const chooseLabel = (at: number) => {
    setCutText('')
    // The label before becomes a feature again, if it is fit for one.
    const was = label.unfit === undefined ? [label.at] : []
    const features = [...choices.features, ...was].filter((one) => one !== at).sort((a, b) => a - b)
    choose({ label: at, cuts: [], features })
  }
  return (
    <form
      class="own-data-choices"
      onSubmit={(event) => {
        event.preventDefault()
        if (!('problem' in prepared)) onUse(prepared, isKept)
      }}
    >
      <h3>{text.file}</h3>
      <p>
        {wholeNumber(text.rows.length)} rows, {wholeNumber(columns.length)} columns, {styleInWords(text)}.
      </p>
      <Remarks of={remarks} />
      <ScrollBox label="The first rows">
        <table>
          <thead>
            <tr>
              {columns.map(({ at, name }) => (
                <th key={at} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {text.rows.slice(0, previewRows).map((row, index) => (
              <tr key={text.lines[index]}>
                {columns.map(({ at }) => (
                  <td key={at}>{row[at]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      <label>
        Label: the column that is to be predicted
        <select
          value={String(choices.label)}
          onChange={({ currentTarget }) => chooseLabel(Number(currentTarget.value))}
        >
          {columns.map(({ at, name, distinct }) => (
            <option key={at} value={String(at)}>
              {name} ({wholeNumber(distinct)} {distinct === 1 ? 'value' : 'values'})
            </option>
          ))}
        </select>
      </label>
      {label.kind === 'number' && label.distinct > 2 && (
        <label>
          Cut the label into classes at (numbers, as 10; 20.5)
          <input
            value={cutText}
            inputMode="decimal"
            autocomplete="off"
            aria-invalid={cuts ? undefined : 'true'}
            placeholder={label.distinct > most.classes ? 'for example its middle' : 'not cut: each value is a class'}
            onInput={({ currentTarget }) => {
              setCutText(currentTarget.value)
              choose({ cuts: cutsOf(currentTarget.value) ?? [] })
            }}
          />
          {!cuts && (
            <span class="wrong">
              One to {most.classes - 1} numbers are expected, separated by spaces or semicolons.
            </span>
          )}
        </label>
      )}
      <fieldset>
        <legend>Features</legend>
        <div class="own-data-features">
          {columns
            .filter(({ at }) => at !== choices.label)
            .map((column) => (
              <Feature
                key={column.at}
                column={column}
                isChosen={choices.features.includes(column.at)}
                onChoose={(isChosen) =>
                  choose({
                    features: [
                      ...choices.features.filter((at) => at !== column.at),
                      ...(isChosen ? [column.at] : []),
                    ].sort((a, b) => a - b),
                  })
                }
                onKind={(kind) =>
                  onChange({ columns: columns.map((one) => (one.at === column.at ? { ...one, kind } : one)) })
                }
              />
            ))}
        </div>
      </fieldset>
      <fieldset class="own-data-missing">
        <legend>Where a feature has no value</legend>
        {(['drop', 'mean'] as const).map((missing) => (
          <label key={missing}>
            <input
              type="radio"
              name="own-data-missing"
              checked={choices.missing === missing}
              onChange={() => choose({ missing })}
            />
            {missing === 'drop' ? 'leave the row out' : 'fill in the mean of the column'}
          </label>
        ))}
      </fieldset>
      <div role="status" class="own-data-outcome">
        {'problem' in prepared ? (
          <p class="wrong">{prepared.problem}</p>
        ) : (
          <>
            <p>
              <b>
                {wholeNumber(prepared.table.labels.length)} examples, {prepared.table.featureNames.length}{' '}
                {prepared.table.featureNames.length === 1 ? 'input' : 'inputs'}, {prepared.table.classNames.length}{' '}
                classes
              </b>{' '}
              ({prepared.table.classNames.join(', ')})
            </p>
            <Remarks of={prepared.remarks} />
          </>
        )}
      </div>
      <p class="own-data-end">
        <button disabled={'problem' in prepared}>Train on it</button>
        <label>
          <input type="checkbox" checked={isKept} onChange={({ currentTarget }) => setKept(currentTarget.checked)} />
          keep it in this browser for the next visit
        </label>
      </p>
    </form>
  )
}

function Remarks({ of }: { of: readonly string[] }) {
  if (of.length === 0) return null
  return (
    <ul class="own-data-remarks">
      {of.map((remark) => (
        <li key={remark}>{remark}</li>
      ))}
    </ul>
  )
}

interface FeatureProps {
  column: TableColumn
  isChosen: boolean
  onChoose: (isChosen: boolean) => void
  onKind: (kind: ColumnKind) => void
}

function Feature({ column: { at, name, kind, missing, distinct }, isChosen, onChoose, onKind }: FeatureProps) {
  return (
    <div class="own-data-feature">
      <label>
        <input
          type="checkbox"
          checked={isChosen}
          disabled={distinct === 0}
          onChange={({ currentTarget }) => onChoose(currentTarget.checked)}
        />
        {name}
      </label>
      <select
        aria-label={`${name} is a`}
        value={kind}
        disabled={!isChosen}
        onChange={({ currentTarget }) => onKind(currentTarget.value as ColumnKind)}
      >
        {(Object.keys(kinds) as ColumnKind[]).map((one) => (
          <option key={one} value={one}>
            {kinds[one]}
          </option>
        ))}
      </select>
      <span id={`own-data-${at}`}>
        {kind === 'category' && distinct > 0 ? `${wholeNumber(distinct)} inputs ` : ''}
        {missing > 0 ? `${wholeNumber(missing)} missing` : ''}
      </span>
    </div>
  )
}

/** The numbers of a text in ascending order; undefined if it has others than numbers, or too many. */
function cutsOf(text: string): number[] | undefined {
  const words = text.split(/[\s;]+|,\s+/).filter(Boolean)
  const numbers = [...new Set(words.map((word) => Number(word.replace(',', '.'))))].sort((a, b) => a - b)
  return numbers.every(Number.isFinite) && numbers.length < most.classes ? numbers : undefined
}

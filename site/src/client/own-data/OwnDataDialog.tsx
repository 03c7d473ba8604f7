/** The dialog for data of the visitor's own: where a table comes from, and what is made of it. */
import { useEffect, useRef, useState } from 'preact/hooks'

import { tableColumnsOf, guessLabel, oddCells, type TableColumn } from './columns.ts'
import { deleteTable, keepTable, keptTables, type KeptTable } from './kept-tables.ts'
import { OpenedTableTools } from './OpenedTableTools.tsx'
import type { Choices, PreparedTable } from './prepare.ts'
import { readTableText, UnreadableTable, type TableText } from './read-file.ts'
import { TableChoices } from './TableChoices.tsx'

/** The table that is trained on now, with the file and the choices that it was made by, where they are known. */
export interface OpenedTable extends KeptTable {
  canonical: string
  text?: TableText
  columns?: readonly TableColumn[]
  choices?: Choices
}

interface OwnDataDialogProps {
  /** The file to begin with. */
  file: File | undefined
  /** The digest of the table that a link names. */
  wanted: string | undefined
  opened: OpenedTable | undefined
  read: (file: File) => Promise<TableText>
  /** Trains on a table; resolves with its digest. */
  onUse: (prepared: PreparedTable, how: Required<Pick<OpenedTable, 'text' | 'columns' | 'choices'>>) => Promise<string>
  onKept: (kept: KeptTable) => void
  onClose: () => void
}

/** The file that is read, its columns and what is chosen of them. */
interface ReadFile {
  text: TableText
  columns: readonly TableColumn[]
  choices: Choices
  /** What was odd in it, in sentences. */
  remarks: readonly string[]
}

function readFileOf(text: TableText): ReadFile {
  const columns = tableColumnsOf(text)
  const label = guessLabel(columns)
  const features = columns.filter(({ at, unfit }) => at !== label && unfit === undefined).map(({ at }) => at)
  const unfit = columns.flatMap(({ name, unfit: why, at }) => (why && at !== label ? [`Column “${name}” ${why}.`] : []))
  return {
    text,
    columns,
    choices: { label, features, missing: 'drop', cuts: [] },
    remarks: [...text.remarks, ...oddCells(text, columns), ...unfit],
  }
}

export function OwnDataDialog({ file, wanted, opened, read, onUse, onKept, onClose }: OwnDataDialogProps) {
  const [found, setFound] = useState<ReadFile | undefined>(() =>
    opened?.text && opened.columns && opened.choices
      ? { text: opened.text, columns: opened.columns, choices: opened.choices, remarks: opened.text.remarks }
      : undefined,
  )
  const [status, setStatus] = useState('')
  const [problem, setProblem] = useState('')
  const [kept, setKept] = useState<readonly KeptTable[]>([])
  useEffect(() => void keptTables().then(setKept), [])

  const take = async (name: string, reading: () => TableText | Promise<TableText>) => {
    setProblem('')
    setStatus(`Reading ${name} …`)
    try {
      setFound(readFileOf(await reading()))
    } catch (error) {
      // What was read before stays.
      setProblem(error instanceof UnreadableTable ? error.message : `${name} cannot be read: ${String(error)}`)
    }
    setStatus('')
  }
  const takeFile = (chosen: File | null | undefined) => {
    if (chosen) void take(chosen.name, () => read(chosen))
  }
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- the file to begin with is read once
  useEffect(() => takeFile(file), [])

  const use = async (prepared: PreparedTable, how: ReadFile, isKept: boolean) => {
    const data = await onUse(prepared, how)
    if (!isKept) return
    const { table, labelName, recipe } = prepared
    await keepTable({ data, name: recipe.file, labelName, table, recipe })
  }
  return (
    <>
      <header>
        <h2 id="own-data-title">Your own data</h2>
        <button type="button" class="quiet" onClick={onClose}>
          Close
        </button>
      </header>
      <p>
        A CSV or TSV file with a label and numbers, dates or categories. Your browser reads it and trains on it: nothing
        is uploaded.
        {wanted !== undefined && (
          <>
            {' '}
            The link needs the table whose digest is <code>{wanted}</code>: choose its file, with the same label and
            features.
          </>
        )}
      </p>
      <Source
        onFile={takeFile}
        onText={(text) => void take('The pasted text', () => readTableText(text, 'pasted.csv'))}
      />
      {kept.length > 0 && (
        <ul class="own-data-kept" aria-label="Tables that this browser keeps">
          {kept.map((one) => (
            <li key={one.data}>
              <button type="button" class="quiet" onClick={() => onKept(one)}>
                {one.name}
              </button>{' '}
              {one.table.labels.length} examples{' '}
              <button
                type="button"
                class="as-link"
                aria-label={`Delete ${one.name} from this browser`}
                onClick={() => void deleteTable(one.data).then(keptTables).then(setKept)}
              >
                delete
              </button>
            </li>
          ))}
        </ul>
      )}
      <p role="status">{status}</p>
      <p class="wrong" role="alert">
        {problem}
      </p>
      {found && (
        <TableChoices
          key={found.text.file}
          {...found}
          onChange={(changes) => setFound({ ...found, ...changes })}
          onUse={(prepared, isKept) =>
            void use(prepared, found, isKept).catch((error: unknown) =>
              setProblem(`The table could not be kept: ${String(error)}`),
            )
          }
        />
      )}
      {opened && <OpenedTableTools opened={opened} />}
    </>
  )
}

interface SourceProps {
  onFile: (file: File | null | undefined) => void
  onText: (text: string) => void
}

/** Where a table comes from: a file that is dropped or chosen, or a text that is pasted. */
function Source({ onFile, onText }: SourceProps) {
  const [isOver, setOver] = useState(false)
  const textRef = useRef<HTMLTextAreaElement>(null)
  return (
    <div class="own-data-source">
      <div
        class={isOver ? 'own-data-drop is-over' : 'own-data-drop'}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          onFile(event.dataTransfer?.files[0])
        }}
      >
        <label>
          Drop a file here, or choose one
          <input
            type="file"
            accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"
            onChange={({ currentTarget }) => {
              onFile(currentTarget.files?.[0])
              // So that the same file can be chosen again.
              currentTarget.value = ''
            }}
          />
        </label>
      </div>
      <details>
        <summary>Paste a table</summary>
        <label>
          Cells of a spreadsheet, or the text of a file
          <textarea ref={textRef} rows={4} spellcheck={false} autocomplete="off" />
        </label>
        <button type="button" onClick={() => onText(textRef.current?.value ?? '')}>
          Read
        </button>
      </details>
    </div>
  )
}

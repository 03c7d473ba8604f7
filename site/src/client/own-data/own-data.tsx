/**
 * Data of the visitor's own in the playground: finds the table that a link names, and opens the dialog in which a file
 * is dropped, pasted or chosen. Nothing of a table leaves the browser.
 */
import { render } from 'preact'

import { wholeNumber } from '#charts/text/format.ts'
import { addOwnSource } from '#datasets/own/description.ts'
import { addOwnTable } from '#datasets/own/own.ts'

import { addTable } from '../trainer/trainer.ts'
import { keptTables, type KeptTable } from './kept-tables.ts'
import { OwnDataDialog, type OpenedTable } from './OwnDataDialog.tsx'
import { canonicalText, tableDigest, tableOfCanonical, type PreparedTable } from './prepare.ts'
import { readTableFile } from './read-file.ts'
import { tableOfFragment } from './table-link.ts'

/** A table is there: its digest, and what there is to say of it. */
type OnTable = (data: string, words: string) => void

interface Request {
  /** A file to begin with. */
  file?: File | undefined
  /** The digest of the table that a link names. */
  wanted?: string | undefined
  onTable: OnTable
}

/** What is trained on now. */
let opened: OpenedTable | undefined

/** A table as it comes from a file, a link or the browser's storage. */
type Source = Pick<PreparedTable, 'table' | 'labelName'> & { name: string; recipe?: PreparedTable['recipe'] }

/** Makes a table known to the page and its workers. */
async function addSource({ table, labelName, name, recipe }: Source, wanted: string | undefined) {
  const canonical = canonicalText({ table, labelName })
  const data = await tableDigest(canonical)
  addOwnTable(data, table)
  addTable(data, table)
  addOwnSource(data, { rows: table.labels.length, ...(recipe ? { recipe } : {}) })
  return { data, canonical, words: wordsOf({ table, labelName, name }, data, wanted) }
}

function wordsOf({ table, labelName, name }: Source, data: string, wanted: string | undefined): string {
  const { labels, featureNames, classNames } = table
  const inputs = featureNames.length === 1 ? 'one input' : `${featureNames.length} inputs`
  const what = `${name}: ${wholeNumber(labels.length)} examples, ${inputs}, ${classNames.length} classes of “${labelName}”.`
  if (wanted === undefined) return `${what} It stays on your device.`
  return wanted === data
    ? `${what} It is the table that the link names.`
    : `${what} It is another table than the link names: its digest is ${data}, not ${wanted}. So expect other numbers.`
}

/** Uses the table that is in the link, or one that this browser keeps; otherwise asks for the file. */
export async function findTable(wanted: string | undefined, onTable: OnTable): Promise<void> {
  const inLink = await tableOfFragment(location.hash)
  const linked = inLink === undefined ? undefined : tableOfCanonical(inLink)
  const kept = (await keptTables()).find(({ data }) => data === wanted)
  const source = linked ? { ...linked, name: 'The table in the link' } : kept
  if (!source) {
    openDialog({ wanted, onTable })
    return
  }
  const { data, canonical, words } = await addSource(source, wanted)
  opened = { data, canonical, name: source.name, labelName: source.labelName, table: source.table }
  onTable(data, words)
}

/** Opens the dialog, with a file if there is one. */
export function openDialog({ file, wanted, onTable }: Request): void {
  const dialog = document.querySelector<HTMLDialogElement>('dialog.own-data') ?? document.createElement('dialog')
  dialog.className = 'own-data'
  dialog.setAttribute('aria-labelledby', 'own-data-title')
  document.body.append(dialog)
  render(null, dialog)
  const train = async (prepared: PreparedTable, how: Pick<OpenedTable, 'text' | 'columns' | 'choices'>) => {
    const { table, labelName, recipe } = prepared
    const source = { table, labelName, recipe, name: recipe.file }
    const { data, canonical, words } = await addSource(source, wanted)
    opened = { data, canonical, ...source, ...how }
    dialog.close()
    onTable(data, words)
    return data
  }
  const trainOnKept = async (kept: KeptTable) => {
    const { data, canonical, words } = await addSource(kept, wanted)
    opened = { canonical, ...kept }
    dialog.close()
    onTable(data, words)
  }
  render(
    <OwnDataDialog
      file={file}
      wanted={wanted}
      opened={opened}
      read={readTableFile}
      onUse={train}
      onKept={(kept) => void trainOnKept(kept)}
      onClose={() => dialog.close()}
    />,
    dialog,
  )
  if (!dialog.open) dialog.showModal()
}

/** What can be done with the table that is trained on: a link that has it, and its canonical form as a file. */
import { useEffect, useState } from 'preact/hooks'

import { canonicalFile } from '#datasets/own/description.ts'

import { saveFile } from '../save-file.ts'
import type { OpenedTable } from './OwnDataDialog.tsx'
import { canCompress, mostLinkBytes, tableFragment } from './table-link.ts'

export function OpenedTableTools({ opened: { data, canonical, name } }: { opened: OpenedTable }) {
  const [link, setLink] = useState<string>()
  const [isTooLarge, setTooLarge] = useState(false)
  useEffect(() => {
    const makeLink = async () => {
      const fragment = await tableFragment(canonical)
      setTooLarge(fragment === undefined)
      setLink(fragment && `${location.origin}${location.pathname}${location.search}${fragment}`)
    }
    if (canCompress()) void makeLink()
  }, [canonical])
  return (
    <section class="own-data-tools" aria-label="The table that is trained on">
      <h3>The table that is trained on: {name}</h3>
      <p>
        Its digest is <code>{data}</code>.{' '}
        <button
          type="button"
          class="as-link"
          onClick={() => saveFile(new Blob([canonical], { type: 'text/csv' }), canonicalFile(data))}
        >
          Save it as CSV
        </button>
        , as it goes into the network before scaling.
      </p>
      {link && (
        <label>
          A link with the table in it. No server sees the table, but whoever has the link does.
          <input readOnly value={link} onFocus={({ currentTarget }) => currentTarget.select()} />
        </label>
      )}
      {!canCompress() && <p>This browser cannot compress a table, so there is no link with the table in it.</p>}
      {isTooLarge && <p>It has more than {mostLinkBytes / 1000} kB compressed, so it does not fit into a link.</p>}
    </section>
  )
}

/** The list of an experiment's files: its numbers and its charts. */
import { useContext, useState } from 'preact/hooks'

import { DeviceContext } from './device.ts'
import { filesOf, type ShareTexts } from './share-texts.ts'

/** The list of files. PNG images are made in the browser. */
export function Downloads({ shared }: { shared: ShareTexts }) {
  const device = useContext(DeviceContext)
  const [status, setStatus] = useState('')
  const { json, csv, curves, boundary } = filesOf(shared)
  const save = async (address: string, name: string) => {
    setStatus('')
    const isSaved = await device?.savePng(address, name)
    setStatus(isSaved ? 'Saved.' : 'The picture could not be made: the server does not answer.')
  }
  const pictures = [
    ['curves', curves, 'learning-curves'],
    ['boundary', boundary, 'decision-boundary'],
  ] as const
  return (
    <div>
      <ul aria-label="Files">
        <li>
          <a href={json}>JSON</a>
        </li>
        <li>
          <a href={csv}>CSV</a>
        </li>
        {pictures.map(([name, address]) => (
          <li key={name}>
            <a href={address}>{name} as SVG</a>
          </li>
        ))}
        {pictures.map(([name, address, file]) => (
          <li key={name} class="scripted">
            <button type="button" class="as-link" onClick={() => void save(address, file)}>
              {name} as PNG
            </button>
          </li>
        ))}
        <li>
          <a href="/about#check">how to check them</a>
        </li>
      </ul>
      <p class="scripted" role="status">
        {status}
      </p>
    </div>
  )
}

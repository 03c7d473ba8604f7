/**
 * Everything that leads on from an experiment: its data, its pictures as files, and the HTML that shows it elsewhere.
 */
import { specQuery, withQuery } from '#experiment/permalink.ts'

import { viewQuery } from './address.ts'
import { frameOf } from './frame.ts'
import type { Setup } from './setup.ts'

interface SharingProps {
  setup: Setup
  /** Where the site is served: `https://example.org`. */
  origin: string
  /** SHA-256 of the numbers. */
  fingerprint: string
}

/** The links and the snippet. */
export function Sharing({ setup: { spec, shown }, origin, fingerprint }: SharingProps) {
  const query = specQuery(spec)
  const { metric, axis, train, runs } = Object.fromEntries(viewQuery(shown)) as Record<string, string | undefined>
  const drawn = Object.entries({ metric, axis, train, runs }).filter((pair): pair is [string, string] => !!pair[1])
  const links = [
    ['JSON', withQuery('/api/experiments', query)],
    ['CSV', withQuery('/api/experiments.csv', query)],
    ['curves as SVG', withQuery('/charts/learning-curves.svg', new URLSearchParams([...query, ...drawn]))],
    ['boundary as SVG', withQuery('/charts/decision-boundary.svg', query)],
  ] as const
  return (
    <div class="sharing">
      <p>
        The address of this page is the experiment: whoever opens it gets the same numbers. Their fingerprint is{' '}
        <code>{fingerprint.slice(0, 16)}</code>.
      </p>
      <ul>
        {links.map(([name, address]) => (
          <li key={name}>
            <a href={address}>{name}</a>
          </li>
        ))}
        <li>
          <a href="/about#check">how to check them</a>
        </li>
      </ul>
      <details>
        <summary>Show it on your own page</summary>
        <p>
          Put this HTML where the figure shall stand. It fits any frame from 280 × 200 pixels up. Browsers show it on
          pages that are served, not on files opened from a disk.
        </p>
        <pre>
          <code>{frameOf(spec, shown.view, origin)}</code>
        </pre>
      </details>
    </div>
  )
}

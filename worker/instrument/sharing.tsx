/**
 * Everything that leads on from an experiment: its link, its files, the HTML that shows it elsewhere, its citation, its
 * programs, and the link that freezes settings for a class.
 */
import { Copyable } from './copyable.tsx'
import { Downloads } from './downloads.tsx'
import { frameOf } from './frame.ts'
import { Freezing } from './freezing.tsx'
import { Programs } from './programs.tsx'
import { ShareLink } from './share-link.tsx'
import { citationOf, type Shared } from './shared.ts'

/** All of it. */
export function Sharing({ shared }: { shared: Shared }) {
  const { spec, shown, promised } = shared
  return (
    <section class="sharing" aria-label="Share">
      <h2 class="unseen">Share</h2>
      <p>
        Whoever opens this link gets the same numbers, and is told so
        {promised && (
          <>
            : their fingerprint is <code class="notranslate">{promised.fingerprint}</code>
          </>
        )}
        .
      </p>
      <ShareLink shared={shared} />
      <Downloads shared={shared} />
      <Programs spec={spec} />
      <details>
        <summary>Show it on your own page</summary>
        <p>
          Put this HTML where the figure shall stand. It fits any frame from 280 × 200 pixels up. Browsers show it on
          pages that are served, not on files opened from a disk.
        </p>
        <Copyable text={frameOf(spec, shown, shared.origin)} name="HTML of the frame" />
      </details>
      <details>
        <summary>Cite it</summary>
        <Copyable text={citationOf(shared)} name="BibTeX entry" />
      </details>
      <Freezing key={shown.lock.join()} shared={shared} />
    </section>
  )
}

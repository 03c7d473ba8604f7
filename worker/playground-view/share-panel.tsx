/**
 * The share panel: an experiment's link, files, embed code, citation, and the link that locks settings for a class.
 */
import { headingOf } from '#charts/text/heading.ts'
import { excessOf, timesInWords } from '#experiment/spec/budget.ts'

import { Copyable } from './copyable.tsx'
import { Downloads } from './downloads.tsx'
import { EmbedChoice } from './embed-choice.tsx'
import { LinkField } from './link-field.tsx'
import { LockLink } from './lock-link.tsx'
import { citationOf, linkOf, type ShareTexts } from './share-texts.ts'

/** The share panel. */
export function SharePanel({ shared }: { shared: ShareTexts }) {
  const { spec, shown, promised } = shared
  const excess = excessOf(spec)
  return (
    <section class="sharing" aria-label="Share">
      <h2 class="unseen">Share</h2>
      <p>
        {promised ? (
          <>
            Whoever opens this link gets the same numbers, and is told so: their fingerprint is{' '}
            <code class="notranslate">{promised.fingerprint}</code>.
          </>
        ) : (
          'Whoever opens this link gets the whole experiment, with all its runs.'
        )}
      </p>
      <LinkField link={linkOf(shared)} label="Link to what is shown" title={headingOf(spec)} />
      {excess ? (
        <p>
          Files and the frame for other pages are made by the Worker, and this experiment is{' '}
          {timesInWords(excess.times)} its budget: there are none. The link works, as each reader’s browser trains it.
        </p>
      ) : (
        <Downloads shared={shared} />
      )}
      {!excess && <EmbedChoice shared={shared} />}
      <details>
        <summary>Cite it</summary>
        <Copyable text={citationOf(shared)} name="BibTeX entry" />
      </details>
      <LockLink key={shown.lock.join()} shared={shared} />
    </section>
  )
}

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
import { ownDataInWords, OwnDataButton } from './own-data-note.tsx'
import { citationOf, linkOf, type ShareTexts } from './share-texts.ts'

/** The share panel. */
export function SharePanel({ shared }: { shared: ShareTexts }) {
  const { spec, shown, promised } = shared
  const excess = excessOf(spec)
  const isOwn = spec.dataset === 'own' || shown.pin?.dataset === 'own'
  return (
    <section class="sharing" aria-label="Share">
      <h2 class="unseen">Share</h2>
      <p>
        {promised ? (
          <>
            Whoever opens this link{isOwn && ' and has the same table'} gets the same numbers, and is told so: their
            fingerprint is <code class="notranslate">{promised.fingerprint}</code>.
          </>
        ) : (
          'Whoever opens this link gets the whole experiment, with all its runs.'
        )}
      </p>
      <LinkField link={linkOf(shared)} label="Link to what is shown" title={headingOf(spec)} />
      {isOwn ? (
        <p>
          {ownDataInWords} The link names your table by its digest: whoever opens it is asked for the same file.{' '}
          <OwnDataButton words="A link with the table in it …" />
        </p>
      ) : excess ? (
        <p>
          Files and the frame for other pages are made by the Worker, and this experiment is{' '}
          {timesInWords(excess.times)} its budget: there are none. The link works, as each reader’s browser trains it.
        </p>
      ) : (
        <Downloads shared={shared} />
      )}
      {!excess && !isOwn && <EmbedChoice shared={shared} />}
      <details>
        <summary>Cite it</summary>
        <Copyable text={citationOf(shared)} name="BibTeX entry" />
      </details>
      <LockLink key={shown.lock.join()} shared={shared} />
    </section>
  )
}

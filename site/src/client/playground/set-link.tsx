/** The link to the chosen experiments of the list, or to all of them. */
import { LinkField } from '#playground-view/link-field.tsx'

import { runsLink, runsLinkLimits } from './runs-link.ts'
import type { LoggedRun } from './runs-log.ts'

interface SetLinkProps {
  /** The rows of the list in the order in which they are shown. */
  rows: readonly LoggedRun[]
  /** The queries of those that are chosen; all rows are linked if there are none. */
  chosen: ReadonlySet<string>
}

export function SetLink({ rows, chosen }: SetLinkProps) {
  const own = rows.filter(({ query }) => chosen.has(query))
  const linked = own.length > 0 ? own : rows
  const made = runsLink(location.origin, linked)
  return (
    <div class="set-link">
      <p role="status">
        {'link' in made
          ? `The link holds the settings and names of ${own.length > 0 ? 'the chosen' : 'all'} ${linked.length}, at most ${runsLinkLimits.experiments}; whoever opens it trains them, and keeps them or not.`
          : made.refusal}
      </p>
      {'link' in made && (
        <LinkField link={made.link} label="Link to these experiments" title={`${linked.length} experiments`} />
      )}
    </div>
  )
}

/**
 * Experiments to start from, each with a line on what to look at.
 */
import { starts } from './starts.ts'

/** The list, as links. */
export function Starting() {
  return (
    <details class="starting">
      <summary>Experiments to start from</summary>
      <ul>
        {starts.map(({ query, title, comment }) => (
          <li key={query}>
            <a href={query ? `/playground?${query}` : '/playground'}>
              <b>{title}</b> <span>{comment}</span>
            </a>
          </li>
        ))}
      </ul>
    </details>
  )
}

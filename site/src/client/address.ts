/**
 * The query of the page's address, which says what the first screen and the figures show: a link and a reload then show
 * what the reader saw. Its keys are the fields of the first screen's experiment and the ids of figures. The playground's
 * address is written and read in worker/playground-view/address.ts, which the Worker shares.
 */
import { listQueryText, withQuery } from '#experiment/spec/query-text.ts'

/** The query as it is. */
export function addressQuery(): URLSearchParams {
  return new URLSearchParams(location.search)
}

/** Replaces the query, which is no step of the browser's history. */
export function replaceAddressQuery(query: URLSearchParams): void {
  const address = withQuery(location.pathname, listQueryText(query)) + location.hash
  history.replaceState(history.state, '', address)
}

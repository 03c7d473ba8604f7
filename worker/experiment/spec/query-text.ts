/**
 * A query as the text of a URL. Nothing but text, for scripts that load neither schemas nor the rules of a spec.
 */

/** A path with a query, or alone where the query is empty. */
export function withQuery(path: string, query: URLSearchParams | string): string {
  const text = typeof query === 'string' ? query : queryText(query)
  return text ? `${path}?${text}` : path
}

/** A query as text in which lists keep their commas: the fields that vary in a sweep, the choices of a view. */
export function listQueryText(query: URLSearchParams): string {
  return String(query).replaceAll('%2C', ',')
}

/** A query as text. A colon needs no escape in it, and schedules are read by people. */
export function queryText(query: URLSearchParams): string {
  return String(query).replaceAll('%3A', ':')
}

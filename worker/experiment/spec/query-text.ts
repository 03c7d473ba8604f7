/**
 * Query strings as the text of a URL. This file handles only text, so scripts can use it without loading schemas or the
 * rules of a spec.
 */

/** A path followed by a query, or the path alone if the query is empty. */
export function withQuery(path: string, query: URLSearchParams | string): string {
  const text = typeof query === 'string' ? query : queryText(query)
  return text ? `${path}?${text}` : path
}

/** A query as text in which lists keep their commas: the fields that vary in a sweep, the choices of a view. */
export function listQueryText(query: URLSearchParams): string {
  return String(query).replaceAll('%2C', ',')
}

/** A query as text. Colons are left unescaped, since a query allows them and people read schedules. */
export function queryText(query: URLSearchParams): string {
  return String(query).replaceAll('%3A', ':')
}

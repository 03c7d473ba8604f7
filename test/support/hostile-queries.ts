/** Queries as long as a URL may be, each of a kind that a refusal could repeat at length. */
import { specFields } from '#experiment/spec/spec.ts'

/** The longest that a refusal may be, in bytes; on a page, what the query may add to it. */
export const longestRefusal = 20_000

const much = (piece: string) => piece.repeat(Math.floor(7900 / piece.length))

export const hostileQueries: Readonly<Record<string, string>> = {
  'unknown keys': much('&a'),
  'unknown keys with values': much('&abc=de'),
  'a known key again and again': much('&epochs=x'),
  'control characters': `${encodeURIComponent('\0'.repeat(100))}=1&${much('%00')}&`.replaceAll('%00%00%00', '%00=%00&'),
  'control characters in long values': Array.from({ length: 25 }, (_, i) => `k${i}=${'%00'.repeat(100)}`).join('&'),
  'quotes and backslashes': Array.from({ length: 35 }, (_, i) => `k${i}=${'\\'.repeat(200)}`).join('&'),
  'letters that take three bytes': Array.from({ length: 8 }, (_, i) => `k${i}=${'%E2%80%AE'.repeat(100)}`).join('&'),
  'a pin with as much': `pin=${encodeURIComponent(much('&a')).slice(0, 7000)}`,
  'a long value': `epochs=${much('%26')}`,
  'every field at length': Object.keys(specFields)
    .map((field) => `${field}=${'%26'.repeat(90)}`)
    .join('&'),
  'other spellings of every field': Object.keys(specFields)
    .map((field) => `${field}=0,${'%26'.repeat(80)}`)
    .join('&'),
  lists: `batchSize=${much('1,')}&a`,
}

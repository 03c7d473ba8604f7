/**
 * The document's shared parts are named once, and referred to.
 */

export type Json = Readonly<Record<string, unknown>>

/** A reference to a shared part. */
export const ref = (kind: 'schemas' | 'parameters' | 'responses' | 'headers', name: string): Json => ({
  $ref: `#/components/${kind}/${name}`,
})

/** A record with the same keys and other values. */
export function mapValues<Value>(record: Readonly<Record<string, Value>>, to: (value: Value, key: string) => unknown) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, to(value, key)]))
}

/** Helpers for `$ref` references to the document's shared components, and for mapping records. */

export type Json = Readonly<Record<string, unknown>>

/** A reference to a shared component. */
export const ref = (kind: 'schemas' | 'parameters' | 'responses' | 'headers', name: string): Json => ({
  $ref: `#/components/${kind}/${name}`,
})

/** A record with the same keys and mapped values. */
export function mapValues<Value>(record: Readonly<Record<string, Value>>, to: (value: Value, key: string) => unknown) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, to(value, key)]))
}

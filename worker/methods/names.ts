/** The names of a table of choices, which holds one object per name. */

/**
 * The names of a table of choices, for a schema that lists them; the first is the default. Bundlers drop a list that is
 * not used.
 */
// @__NO_SIDE_EFFECTS__
export function namesOf<Name extends string>(table: Readonly<Record<Name, unknown>>): [Name, ...Name[]] {
  return Object.keys(table) as [Name, ...Name[]]
}

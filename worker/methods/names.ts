/** Helpers for tables of choices, which hold one object per name: their names and titles. */

/** The names of a table of choices, for a schema that lists them; the first is the default. */
export function namesOf<Name extends string>(table: Readonly<Record<Name, unknown>>): [Name, ...Name[]] {
  return Object.keys(table) as [Name, ...Name[]]
}

/** The title of each choice of a table. */
export function titlesOf<Name extends string>(table: Readonly<Record<Name, { title: string }>>): Record<Name, string> {
  return Object.fromEntries(namesOf(table).map((name) => [name, table[name].title])) as Record<Name, string>
}

/**
 * The licenses of everything that `npm ci` installs, as the lock file names them, and whether each is of a kind that was
 * looked at.
 */

/** A package of the lock file. */
export interface Locked {
  version?: string
  license?: string
  dev?: boolean
  devOptional?: boolean
}

/** What is in the bundle or the site: these kinds ask for no more than their text, or for the source of their own files. */
const shipped = ['MIT', 'ISC', 'Apache-2.0', 'Apache-2.0 AND MIT', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'MPL-2.0']

/** What only builds and tests, and is not passed on: these as well. */
const tools = [
  ...shipped,
  'BlueOak-1.0.0',
  'CC0-1.0',
  'CC-BY-4.0',
  'OFL-1.1',
  'Python-2.0',
  'MIT OR Apache-2.0',
  '(MIT OR CC0-1.0)',
  // libvips, which sharp loads as a library of its own.
  'LGPL-3.0-or-later',
  'Apache-2.0 AND LGPL-3.0-or-later',
  'Apache-2.0 AND LGPL-3.0-or-later AND MIT',
]

/** One kind of license. */
export interface LicenseKind {
  license: string
  isShipped: boolean
  packages: string[]
  isKnown: boolean
}

/** All kinds, the most frequent first; what is shipped apart from what is not. */
export function licensesOf(packages: Readonly<Record<string, Locked>>): LicenseKind[] {
  const kinds = new Map<string, LicenseKind>()
  for (const [path, { version, license = 'none named', dev, devOptional }] of Object.entries(packages)) {
    if (path === '') continue
    const isShipped = !dev && !devOptional
    const key = `${license} ${isShipped}`
    const isKnown = (isShipped ? shipped : tools).includes(license)
    const kind = kinds.get(key) ?? { license, isShipped, packages: [], isKnown }
    kind.packages.push(`${path.replace(/^.*node_modules\//, '')}@${version}`)
    kinds.set(key, kind)
  }
  return [...kinds.values()].toSorted(
    (a, b) => Number(b.isShipped) - Number(a.isShipped) || b.packages.length - a.packages.length,
  )
}

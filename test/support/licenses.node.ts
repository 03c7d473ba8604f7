/** `npm run licenses`: every kind of license with its packages; fails on a kind that nobody has looked at. */
import { readFileSync } from 'node:fs'

import { licensesOf, type Locked } from './licenses.ts'

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Locked> }
const kinds = licensesOf(packages)
for (const { license, isShipped, packages: names } of kinds) {
  const few = names.length > 6 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ')
  console.log(`${isShipped ? 'shipped' : 'tools  '}  ${license} (${names.length}): ${few}`)
}
const unknown = kinds.filter(({ isKnown }) => !isKnown)
for (const { license, isShipped, packages: names } of unknown)
  console.error(
    `Not on the list for what is ${isShipped ? 'shipped' : 'used to build and test'}: ${license}, of ${names.join(', ')}`,
  )
if (unknown.length > 0) {
  console.error('Read it, and add it to test/support/licenses.ts, or do without the package.')
  process.exitCode = 1
}

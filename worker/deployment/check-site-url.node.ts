/** The first step of a build: says in one line what is wrong with the address to build for, before anything is built. */
import { AddressError, siteAddress } from './site-url.ts'

try {
  siteAddress(process.env)
} catch (error) {
  if (!(error instanceof AddressError)) throw error
  console.error(`✗ ${error.message}`)
  process.exitCode = 1
}
